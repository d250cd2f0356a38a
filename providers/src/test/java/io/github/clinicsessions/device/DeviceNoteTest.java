package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNoteTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Edge, Windows 11, DESKTOP, 1;Edge;Windows 11;DESKTOP",
                "clinic-app, -, APP, 1;clinic-app;;APP",
                "-, Android, TABLET, 1;;Android;TABLET",
                "-, -, UNKNOWN, 1;;;UNKNOWN"
            })
    void isShortAndComesBack(@Nullable String browser, @Nullable String os, Device.Type type, String note) {
        Device device = new Device(browser, os, type);

        assertThat(DeviceNote.write(device)).isEqualTo(note);
        assertThat(DeviceNote.read(note)).isEqualTo(device);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1",
                "1;Edge;Windows 11",
                "1;Edge;Windows 11;DESK",
                "1;Edge;Windows 11;desktop",
                "1;Edge;Windows 11;DESKTOP;",
                "1;Edge;Windows 11;DESKTOP ",
                "0;Edge;Windows 11;DESKTOP",
                "2;Edge;Windows 11;DESKTOP",
                "1;<b>Edge</b>;Windows 11;DESKTOP",
                "1;Edge\u202e;Windows 11;DESKTOP",
                "1; Edge;Windows 11;DESKTOP",
                "Edge;Windows 11;DESKTOP"
            })
    void whatWeWouldNotHaveWrittenIsNone(@Nullable String note) {
        assertThat(DeviceNote.read(note)).isNull();
    }

    @Test
    void aLongOneIsNone() {
        assertThat(DeviceNote.read("1;" + "x".repeat(61) + ";Windows;DESKTOP")).isNull();
        assertThat(DeviceNote.read("1;Edge;" + "x".repeat(100_000) + ";DESKTOP"))
                .isNull();
    }

    @Property
    void anythingIsReadWithoutHarm(@ForAll String browser, @ForAll String os) {
        Device device = DeviceNote.read("1;" + browser + ";" + os + ";APP");

        if (device != null) {
            LabelRules.assertHarmless(device);
        }
    }
}
