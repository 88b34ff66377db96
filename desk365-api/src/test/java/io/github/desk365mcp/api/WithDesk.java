package io.github.desk365mcp.api;

import java.nio.charset.StandardCharsets;

/** The client that the interfaces of {@link AllOperationsTest} share. */
interface WithDesk {

    String CONTACT = "nora.vance@northwind.example";
    String AGENT = "tom.becker@desk.example";
    Attachment FILE = Attachment.of("résumé.txt", "text/plain", "Grüße".getBytes(StandardCharsets.UTF_8));
    Attachment OTHER_FILE = Attachment.of("empty.bin", "application/octet-stream", new byte[0]);

    Desk365Client desk();

    /** A client that sends the object of an upload in the form. */
    default Desk365Client deskWithForms() {
        return desk().with(o -> o.attachmentObject(AttachmentObject.FORM));
    }
}
