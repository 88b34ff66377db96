package io.github.desk365mcp.tools.internal.text;

/** Whether a condition of a style sheet is met. MAYBE if that depends on the screen. */
enum CssTruth {
    NO,
    MAYBE,
    YES;

    CssTruth and(CssTruth other) {
        return compareTo(other) < 0 ? this : other;
    }

    CssTruth or(CssTruth other) {
        return compareTo(other) > 0 ? this : other;
    }

    CssTruth not() {
        return this == NO ? YES : this == YES ? NO : MAYBE;
    }

    static CssTruth of(boolean holds) {
        return holds ? YES : NO;
    }
}
