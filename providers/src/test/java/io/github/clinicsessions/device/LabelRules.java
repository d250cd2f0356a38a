package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** What holds of every label, whatever was sent. */
final class LabelRules {

    /** Names of the tables, none of which is longer. */
    private static final int LONGEST_NAME = 24;

    private LabelRules() {}

    static void assertHold(Device device, @Nullable String clientId) {
        assertHarmless(device);
        if (device.os() != null) {
            assertThat(device.os()).hasSizeLessThanOrEqualTo(LONGEST_NAME);
        }
        if (device.browser() != null && device.browser().length() > LONGEST_NAME) {
            assertThat(clientId).as("only the client's id is taken over").contains(device.browser());
            assertThat(device.type()).isEqualTo(Device.Type.APP);
        }
        assertThat(DeviceNote.read(DeviceNote.write(device))).isEqualTo(device);
    }

    static void assertHarmless(Device device) {
        assertHarmless(device.browser());
        assertHarmless(device.os());
    }

    private static void assertHarmless(@Nullable String part) {
        if (part != null) {
            assertThat(part).isNotBlank().hasSizeLessThanOrEqualTo(Harmless.LONGEST);
            assertThat(part.codePoints().allMatch(LabelRules::isHarmless))
                    .as(part)
                    .isTrue();
        }
    }

    /** In other words than {@link Harmless}. */
    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        boolean number = type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
        return Character.isLetter(c) || number || " ._:+/()-".indexOf(c) >= 0;
    }
}
