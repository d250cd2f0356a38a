package io.github.clinicsessions.clinic;

import io.github.clinicsessions.platform.Countries;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a setting is made of. Pure. */
public sealed interface SettingKind {

    /**
     * The value that was sent, as JSON has it or as somebody typed it.
     *
     * @return what {@link SettingKey#parse} says; empty for anything that is not as {@link #bound} says
     */
    Optional<Object> parse(@Nullable Object sent);

    /** What a value has to be, as the end of a sentence that begins with the name. */
    String bound();

    /** A whole number: an Integer. */
    record WholeNumber(int least, int most) implements SettingKind {

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            return wholeNumber(sent)
                    .filter(value -> value >= least && value <= most)
                    .map(Long::intValue);
        }

        @Override
        public String bound() {
            return "must be a whole number from " + least + " to " + most;
        }

        private static Optional<Long> wholeNumber(@Nullable Object sent) {
            if (sent instanceof Integer || sent instanceof Long) {
                return Optional.of(((Number) sent).longValue());
            }
            if (sent instanceof String text && text.strip().matches("[0-9]{1,9}")) {
                return Optional.of(Long.valueOf(text.strip()));
            }
            return Optional.empty();
        }
    }

    /** Yes or no: a Boolean. */
    record Flag() implements SettingKind {

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            if (sent instanceof Boolean) {
                return Optional.of(sent);
            }
            return sent instanceof String text
                    ? switch (text.strip().toLowerCase(Locale.ROOT)) {
                        case "true" -> Optional.of(true);
                        case "false" -> Optional.of(false);
                        default -> Optional.empty();
                    }
                    : Optional.empty();
        }

        @Override
        public String bound() {
            return "must be true or false";
        }
    }

    /**
     * One line of text: a String without blanks around it, empty for none.
     *
     * @param longest characters, as Java counts them
     */
    record Text(int longest) implements SettingKind {

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            if (sent instanceof Inherited) {
                return Optional.of("");
            }
            return sent instanceof String text && text.codePoints().allMatch(Text::isPlain)
                    ? Optional.<Object>of(text.strip()).filter(line -> ((String) line).length() <= longest)
                    : Optional.empty();
        }

        @Override
        public String bound() {
            return "must be one line of text, not longer than " + longest + " characters";
        }

        /** Nothing that breaks the line, turns what stands around it, or is no character at all. */
        private static boolean isPlain(int character) {
            boolean turns =
                    (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
            return !turns
                    && switch (Character.getType(character)) {
                        case Character.CONTROL,
                                Character.SURROGATE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.UNASSIGNED -> false;
                        default -> true;
                    };
        }
    }

    /** One of some words: a String. */
    record Choice(List<String> words) implements SettingKind {

        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            return sent instanceof String text
                    ? words.stream()
                            .filter(text.strip()::equals)
                            .<Object>map(word -> word)
                            .findFirst()
                    : Optional.empty();
        }

        @Override
        public String bound() {
            return "must be one of " + String.join(", ", words);
        }
    }

    /** Countries: a List of codes (ISO 3166-1 alpha-2, upper case) in their order; {@link Inherited} for none. */
    record CountryList(int most) implements SettingKind {

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            List<?> sentCodes = sent instanceof String text
                    ? Arrays.stream(text.split("[,;\\s]+"))
                            .filter(code -> !code.isEmpty())
                            .toList()
                    : sent instanceof List<?> list ? list : null;
            if (sentCodes == null || sentCodes.size() > most) {
                return Optional.empty();
            }
            SortedSet<String> codes = new TreeSet<>();
            for (Object one : sentCodes) {
                String code = one instanceof String text ? text.strip().toUpperCase(Locale.ROOT) : "";
                if (!Countries.isCode(code)) {
                    return Optional.empty();
                }
                codes.add(code);
            }
            if (codes.isEmpty()) {
                return sent instanceof String ? Optional.empty() : Optional.of(Inherited.INHERITED);
            }
            return Optional.of(List.copyOf(codes));
        }

        @Override
        public String bound() {
            return "must be codes of countries as ISO 3166-1 has them, such as DE, " + most + " at most";
        }

        /** As it is stored, and as somebody would type it. */
        static String text(List<?> codes) {
            return codes.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    /** A number for each role that is named: a sorted map, empty for none. */
    record NumberByRole(WholeNumber number, int longestName, int rolesAtMost) implements SettingKind {

        @Override
        public Optional<Object> parse(@Nullable Object sent) {
            if (sent instanceof Inherited) {
                return Optional.of(new TreeMap<String, Integer>());
            }
            if (!(sent instanceof Map<?, ?> map) || map.size() > rolesAtMost) {
                return Optional.empty();
            }
            SortedMap<String, Integer> numbers = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Optional<Object> value = number.parse(entry.getValue());
                if (!(entry.getKey() instanceof String name) || !isName(name) || value.isEmpty()) {
                    return Optional.empty();
                }
                numbers.put(name, (Integer) value.get());
            }
            return Optional.of(numbers);
        }

        @Override
        public String bound() {
            return "must have the names of roles, " + rolesAtMost + " at most, and for each a whole number from "
                    + number.least() + " to " + number.most();
        }

        /** Of one role. */
        String boundOf(String role) {
            return isName(role) ? number.bound() : "must be the name of a role, of 1 to " + longestName + " characters";
        }

        private boolean isName(String name) {
            return !name.isBlank() && name.length() <= longestName;
        }
    }

    /** In place of a value, JSON's null: of one that is sent that the clinic's own is to be taken away; of one in force that there is none. */
    enum Inherited {
        INHERITED
    }
}
