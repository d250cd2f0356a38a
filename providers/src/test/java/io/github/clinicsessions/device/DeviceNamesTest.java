package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceNamesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Chrome/126.0.0, Mac OS X, Mac, false, Chrome on macOS, DESKTOP",
                "Firefox/128.0, Windows, Other, false, Firefox on Windows, DESKTOP",
                "Edge/126.0.0, Windows, Other, false, Edge on Windows, DESKTOP",
                "Firefox/128.0, Ubuntu, Other, false, Firefox on Ubuntu, DESKTOP",
                "Chrome/126.0.0, Chrome OS, Other, false, Chrome on ChromeOS, DESKTOP",
                "Mobile Safari/17.4, iOS, iPhone, true, Safari on iPhone, MOBILE",
                "Chrome Mobile iOS/126.0, iOS, iPhone, true, Chrome on iPhone, MOBILE",
                "Mobile Safari/17.4, iOS, iPad, true, Safari on iPad, TABLET",
                "Chrome Mobile/126.0.0, Android, K, true, Chrome on Android, MOBILE",
                "Chrome/126.0.0, Android, K, false, Chrome on Android, TABLET",
                "Samsung Internet/25.0, Android, K, true, Samsung Internet on Android, MOBILE",
                "Mobile Safari UI/WKWebView/null, iOS, iPhone, true, iPhone, APP",
                "Chrome Mobile WebView/126.0, Android, K, true, Android, APP",
                "okhttp/4.9, Other, Other, false, okhttp, APP",
                "Python Requests/2.31, Other, Other, false, Python Requests, APP",
                "Other/Unknown, Other, Other, false, -, UNKNOWN",
                "Other/null, Windows, Other, false, Windows, DESKTOP",
                "-, -, -, false, -, UNKNOWN"
            })
    void namesWhatPeopleKnow(
            @Nullable String browser,
            @Nullable String os,
            @Nullable String model,
            boolean mobile,
            @Nullable String label,
            Device.Type type) {
        Device device = DeviceNames.of(browser, os, model, mobile);

        assertThat(device.label()).isEqualTo(label);
        assertThat(device.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "<script>alert(1)</script>/1",
                "x\u202e\u0000y/1",
                "'${msg}/1'",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/1"
            })
    void doesNotRepeatWhatAnAttackerWrote(String browser) {
        assertThat(DeviceNames.of(browser, browser, browser, false)).isEqualTo(Device.UNKNOWN);
    }

    @Property
    void isHarmlessWhateverComes(@ForAll @NotBlank String browser, @ForAll String os, @ForAll String model) {
        String label = DeviceNames.of(browser, os, model, true).label();

        assertThat(label == null
                        || (label.length() <= 2 * Harmless.LONGEST + 4
                                && !label.matches("(?s).*[<>&\"'\\p{Cc}\\p{Cf}].*")))
                .isTrue();
    }
}
