package org.farwatch.ingest.gb28181;

import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.sip.SipRequest;

/** What is wrong with a request: counted, logged without header fields (they hold what passwords are guessed from). */
record Complaints(Faults faults) {
    private static final byte[] NOTHING = new byte[0];

    void refuse(SipRequest request, int status, FaultKind kind, String reason) {
        note(request, kind, reason);
        request.answer(status);
    }

    void note(SipRequest request, FaultKind kind, String reason) {
        faults.report(Protocol.GB28181, kind, request.from() + " " + request.peer(), reason, NOTHING, 0, 0);
    }
}
