package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for what files may be sent along: small ones in the argument always, others if switched on. */
final class AttachOptions {

    @Option(
            names = "--attach-root",
            paramLabel = "DIR",
            description = "Files in this folder may be sent along, by path. Can be given again.")
    private List<Path> roots = List.of();

    @Option(
            names = "--attach-host",
            paramLabel = "HOST",
            description = "Files on this host may be sent along, by https link: files.example.com or *.example.com."
                    + " Can be given again.")
    private List<String> hosts = List.of();

    @Option(
            names = "--chatgpt-files",
            description =
                    "Take files in the form that ChatGPT fills in by itself; needs --attach-host for where it keeps"
                            + " them. Other clients cannot send files then.")
    private boolean chatGpt;

    /**
     * The policy with the references that are switched on here instead of its own; its own if none is.
     *
     * @throws IllegalArgumentException if there is no such folder, or a host is no name of one
     */
    Policy on(Policy policy) {
        if (roots.isEmpty() && hosts.isEmpty()) {
            return chatGpt ? policy.openAiFileParams() : policy;
        }
        // Inline data first: base64 may look like a path, and no path like base64.
        List<AttachmentResolver> resolvers = new ArrayList<>(List.of(AttachmentResolver.inline()));
        if (!roots.isEmpty()) {
            resolvers.add(AttachmentResolver.files(roots.toArray(Path[]::new)));
        }
        if (!hosts.isEmpty()) {
            resolvers.add(AttachmentResolver.https(hosts.toArray(String[]::new)));
        }
        Policy attaching = policy.attachments(resolvers.toArray(AttachmentResolver[]::new));
        return chatGpt ? attaching.openAiFileParams() : attaching;
    }
}
