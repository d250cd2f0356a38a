package io.github.clinicsessions.clinic;

import io.github.clinicsessions.device.KnownDevice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person calls a device of theirs. Pure. */
public final class DeviceName {

    /** What a name has to be, as the end of a sentence that begins with the field. */
    public static final String BOUND = "must be one line of text of 1 to " + KnownDevice.LONGEST_NAME + " characters";

    private static final SettingKind TEXT = new SettingKind.Text(KnownDevice.LONGEST_NAME);

    private DeviceName() {}

    /** Without blanks around it; empty for what is none, such as one that nobody would see. */
    public static Optional<String> parse(@Nullable String sent) {
        return TEXT.parse(sent)
                .map(String.class::cast)
                .filter(name -> name.codePoints().anyMatch(DeviceName::isSeen));
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
