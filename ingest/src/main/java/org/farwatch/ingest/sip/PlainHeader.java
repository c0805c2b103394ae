package org.farwatch.ingest.sip;

import gov.nist.javax.sip.header.SIPHeader;
import javax.sip.header.ExtensionHeader;

/** A header that is sent as it is given: the stack's own Date, for one, knows only the form of RFC 1123. */
final class PlainHeader extends SIPHeader implements ExtensionHeader {
    private static final long serialVersionUID = 1L;

    private String value;

    PlainHeader(String name, String value) {
        super(name);
        this.value = value;
    }

    @Override
    protected StringBuilder encodeBody(StringBuilder buffer) {
        return buffer.append(value);
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public void setValue(String value) {
        this.value = value;
    }
}
