package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.JsonDocument;
import java.util.List;

/** Reads the files that a call refers to, and always releases them afterwards. */
public interface Uploader {

    /** The argument that refers to files, the same in every tool that sends files. */
    String ARGUMENT = "attachments";

    /** Reads the files of a call, uploads them, and returns what was sent. */
    Uploaded send(Arguments in, Upload upload);

    /** Sends files to the helpdesk. */
    interface Upload {

        JsonDocument send(List<Attachment> attachments);
    }
}
