package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;

/** Reads the files that a call refers to, and always releases them afterwards. */
public interface Uploader {

    /** The argument that refers to files, the same in every tool that sends files. */
    String ARGUMENT = "attachments";

    /** Reads the files of a call, uploads them, and returns what was sent. */
    Uploaded send(Arguments in, Upload upload);

    /** Reads the files of a call without sending them, and returns their names, types, sizes and hashes. */
    List<Map<String, Object>> measure(Arguments in);

    /** Returns an uploader that refuses a call if its files are not exactly these. */
    Uploader only(List<Map<String, Object>> measured);

    /** Sends files to the helpdesk. */
    interface Upload {

        JsonDocument send(List<Attachment> attachments);
    }
}
