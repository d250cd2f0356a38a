package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.clinic.PasswordHome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page says after a change.
 *
 * @param label of the device where the message is about one session, the name where it is about a person
 * @param count where it is about several
 * @param receiptId of what was ended
 */
record Notice(
        Kind kind,
        @Nullable String label,
        @Nullable Integer count,
        @Nullable String receiptId) {

    /** Which message, and in which colour. */
    enum Kind {
        ENDED("success", "clinicNoticeEnded"),
        ENDED_UNKNOWN("success", "clinicNoticeEndedUnknown"),
        ALREADY_ENDED("info", "clinicNoticeAlreadyEnded"),
        OTHERS_ENDED("success", "clinicNoticeOthersEnded"),
        REPORTED_PASSWORD("warning", "clinicNoticeReportedPassword"),
        REPORTED_ELSEWHERE("warning", "clinicNoticeReportedElsewhere"),
        REPORTED_ADMINISTRATION("warning", "clinicNoticeReportedAdministration"),
        REPORTED("success", "clinicNoticeReported"),
        RECEIPT("info", "clinicNoticeReceipt"),
        HIDDEN("success", "clinicNoticeHidden"),
        SHOWN("success", "clinicNoticeShown"),
        NAMED("success", "clinicNoticeNamed"),
        UNNAMED("success", "clinicNoticeUnnamed"),
        FORGOTTEN("success", "clinicNoticeForgotten"),
        FORGOTTEN_UNKNOWN("success", "clinicNoticeForgottenUnknown"),
        SAVED("success", "clinicNoticeSaved"),
        NOTHING_TO_SAVE("info", "clinicNoticeNothingToSave"),
        ALL_ENDED("success", "clinicNoticeAllEnded"),
        OFFBOARDED("success", "clinicNoticeOffboarded"),
        LEFT("success", "clinicNoticeLeft"),
        NOT_STORED("warning", "clinicNoticeNotStored");

        private final String type;
        private final String key;

        Kind(String type, String key) {
            this.type = type;
            this.key = key;
        }
    }

    static Notice ended(@Nullable String label, @Nullable String receiptId) {
        return new Notice(label == null ? Kind.ENDED_UNKNOWN : Kind.ENDED, label, null, receiptId);
    }

    /** @param name null if it was taken away */
    static Notice named(@Nullable String name) {
        return new Notice(name == null ? Kind.UNNAMED : Kind.NAMED, name, null, null);
    }

    static Notice forgotten(@Nullable String label) {
        return new Notice(label == null ? Kind.FORGOTTEN_UNKNOWN : Kind.FORGOTTEN, label, null, null);
    }

    static Notice othersEnded(int count, @Nullable String receiptId) {
        return new Notice(Kind.OTHERS_ENDED, null, count, receiptId);
    }

    /** All of a person's. */
    static Notice allEnded(String name, int count) {
        return new Notice(Kind.ALL_ENDED, name, count, null);
    }

    /** @param disabled whether the account is; otherwise the person has only left */
    static Notice offboarded(String name, int count, boolean disabled) {
        return new Notice(disabled ? Kind.OFFBOARDED : Kind.LEFT, name, count, null);
    }

    /** A sign-in was reported: what is left to do is about the password. */
    static Notice reported(NotMe.Outcome outcome) {
        PasswordHome password = outcome.password();
        Kind kind = outcome.passwordRequired()
                ? Kind.REPORTED_PASSWORD
                : switch (password.kind()) {
                    case ELSEWHERE -> Kind.REPORTED_ELSEWHERE;
                    case NONE -> Kind.REPORTED;
                    case HERE, ADMINISTRATION, UNKNOWN -> Kind.REPORTED_ADMINISTRATION;
                };
        String where = kind == Kind.REPORTED_ELSEWHERE ? String.join(", ", password.elsewhere()) : null;
        return new Notice(kind, where, outcome.ended(), null);
    }

    /** Whether the person is to choose a new password now. */
    boolean asksForPassword() {
        return kind == Kind.REPORTED_PASSWORD;
    }

    /** What has become of an earlier one. */
    static Notice receipt(String receiptId) {
        return new Notice(Kind.RECEIPT, null, null, receiptId);
    }

    static Notice of(Kind kind) {
        return new Notice(kind, null, null, null);
    }

    Map<String, Object> model() {
        Map<String, Object> model = new HashMap<>();
        model.put("type", kind.type);
        model.put("key", kind.key);
        if (label != null) {
            model.put("label", label);
        }
        if (count != null) {
            model.put("count", count);
        }
        return model;
    }
}
