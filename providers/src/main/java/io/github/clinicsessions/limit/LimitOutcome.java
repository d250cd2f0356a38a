package io.github.clinicsessions.limit;

/** What has become of a sign-in that would have been, or was, one session too many. */
public enum LimitOutcome {
    /** It was refused. */
    REFUSED("refused"),
    /** The person was asked which sessions are to end. */
    ASKED("asked"),
    /** Sessions were ended after the fact: those used least recently, or the newcomer. */
    ENDED("ended");

    private final String text;

    LimitOutcome(String text) {
        this.text = text;
    }

    /** As the ledger has it: stored, never renamed. */
    public String text() {
        return text;
    }
}
