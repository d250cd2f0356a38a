package io.github.clinicsessions.account;

import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.text.DeviceText;
import io.github.clinicsessions.text.PageTimes;
import io.github.clinicsessions.text.PlaceText;
import java.text.Collator;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the section of known devices is given. */
final class DevicesModel {

    private static final int SHOWN = 255;

    private final DeviceText labels;
    private final PlaceText places;
    private final PageTimes times;
    private final Collator collator;

    DevicesModel(Properties messages, Locale locale, Instant now) {
        this.labels = new DeviceText(messages, locale);
        this.places = new PlaceText(locale);
        this.times = new PageTimes(now, locale);
        this.collator = Collator.getInstance(locale);
    }

    /**
     * A name that somebody typed and that cannot be.
     *
     * @param deviceId whose it was to be
     */
    record Refused(String deviceId, String typed) {}

    /** As much of it as the page shows again: a name that is far too long need not come back whole. */
    static String shown(String typed) {
        return typed.substring(
                0, typed.offsetByCodePoints(0, Math.min(SHOWN, typed.codePointCount(0, typed.length()))));
    }

    /**
     * The section.
     *
     * @param devices in their order
     * @param currentId of the one that this session began with; null where that is not known
     * @param mayChange whether they can be named and forgotten here
     */
    Map<String, Object> of(
            List<KnownDevice> devices, @Nullable String currentId, boolean mayChange, @Nullable Refused refused) {
        return Map.of(
                "knownDevices",
                Map.of(
                        "canChange",
                        mayChange,
                        "longest",
                        KnownDevice.LONGEST_NAME,
                        "list",
                        devices.stream()
                                .map(device -> row(device, device.id().equals(currentId), refused))
                                .toList()));
    }

    /** What people call it; null for one without a name of which nothing is known. */
    @Nullable
    String called(KnownDevice device) {
        return device.name() == null ? labels.label(device.label()) : device.name();
    }

    private Map<String, Object> row(KnownDevice device, boolean current, @Nullable Refused refused) {
        String typed = refused != null && refused.deviceId().equals(device.id()) ? refused.typed() : null;
        Map<String, Object> row = new HashMap<>();
        row.put("id", device.id());
        row.put("current", current);
        row.put("refused", typed != null);
        row.put("typed", typed != null ? typed : Objects.requireNonNullElse(device.name(), ""));
        putIfKnown(row, "name", device.name());
        putIfKnown(row, "label", labels.label(device.label()));
        row.put("firstSeen", times.moment(Instant.ofEpochMilli(device.firstSeenAt())));
        row.put("lastSeen", times.ago(Instant.ofEpochMilli(device.lastSeenAt())));
        row.put(
                "countries",
                device.countries().stream().map(places::name).sorted(collator).toList());
        return row;
    }

    private static void putIfKnown(Map<String, Object> model, String key, @Nullable Object value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
