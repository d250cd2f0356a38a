package io.github.clinicsessions.device;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Headers of a fuzzer that watches which branches they reach: one a line, the user agent first. In {@code bin/test} it looks for new
 * ones for a minute; otherwise those among the resources are run, in the folder that has this class's name.
 */
class DeviceLabelsFuzzTest {

    private static final int LINES = 6;

    @FuzzTest(maxDuration = "60s")
    void labels(byte[] input) {
        String[] sent = new String(input, StandardCharsets.UTF_8).split("\n", LINES);
        String clientId = line(sent, 5);

        Device device = DeviceLabels.of(
                line(sent, 0), Hints.of(line(sent, 1), line(sent, 2), line(sent, 3), line(sent, 4)), clientId);

        LabelRules.assertHold(device, clientId);
        DeviceNote.read(line(sent, 0));
    }

    private static String line(String[] sent, int index) {
        return index < sent.length ? sent[index] : "";
    }
}
