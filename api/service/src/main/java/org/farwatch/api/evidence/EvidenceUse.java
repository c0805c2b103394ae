package org.farwatch.api.evidence;

import java.util.Optional;
import org.farwatch.api.access.DataScope;

/** A feature whose records point at files of evidence: who may see such a record may see its files. */
public interface EvidenceUse {
    /**
     * A record of the scope that has the file.
     *
     * @return how the view log names it, empty when there is none
     */
    Optional<Named> using(String sha256, DataScope scope);

    /** @param subjectId public id of the record */
    record Named(String subjectId, String name) {}
}
