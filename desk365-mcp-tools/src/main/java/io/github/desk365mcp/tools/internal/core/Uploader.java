package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.JsonDocument;
import java.util.List;

/** Reads the files that a call refers to, and lets go of them afterwards whatever happens. */
public interface Uploader {

    /** The argument that refers to files, in every tool that sends some. */
    String ARGUMENT = "attachments";

    /** Reads the files of a call, does the upload, and tells what was sent. */
    Uploaded send(Arguments in, Upload upload);

    /** Sends files to the helpdesk. */
    interface Upload {

        JsonDocument send(List<Attachment> attachments);
    }
}
