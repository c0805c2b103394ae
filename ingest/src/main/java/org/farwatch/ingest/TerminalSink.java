package org.farwatch.ingest;

import java.util.function.Consumer;

/**
 * Where what terminals send besides positions goes to be stored. Never blocks; what it cannot take just now it reports
 * as {@link Outcome#FAILED}. An acknowledged message is a stored message: nobody may acknowledge one before its outcome.
 */
public interface TerminalSink {
    /** @param done called once, on any thread; must not block */
    void media(TerminalMedia media, Consumer<Outcome> done);

    /** @param done called once, on any thread; must not block */
    void report(TerminalReport report, Consumer<Outcome> done);

    /** What became of it. */
    enum Outcome {
        STORED,
        /** It was stored before; the terminal did not hear of that. */
        DUPLICATE,
        /** A person had the device off duty: nothing is kept, and the terminal need not send it again. */
        OFF_DUTY,
        /** It is not stored; the terminal is not answered and sends it again. */
        FAILED
    }
}
