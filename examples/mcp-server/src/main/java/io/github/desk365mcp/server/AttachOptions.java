package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options for attachments. Small files inside the argument are always accepted; these options add other sources.
 */
final class AttachOptions {

    @Option(
            names = "--attach-root",
            paramLabel = "DIR",
            description = "Accept files in this folder, by path. Can be repeated.")
    private List<Path> roots = List.of();

    @Option(
            names = "--attach-host",
            paramLabel = "HOST",
            description = "Accept files from this file server, by https link: files.example.com or *.example.com."
                    + " Can be repeated.")
    private List<String> hosts = List.of();

    @Option(
            names = "--chatgpt-files",
            description = "Accept files in the form that ChatGPT fills in automatically. Needs --attach-host with"
                    + " ChatGPT's file server. Other clients cannot send files then.")
    private boolean chatGpt;

    /**
     * Returns the policy with the sources of these options. If there are none, the policy keeps its own sources.
     *
     * @throws IllegalArgumentException if a folder does not exist or a host name is invalid
     */
    Policy on(Policy policy) {
        if (roots.isEmpty() && hosts.isEmpty()) {
            return chatGpt ? policy.openAiFileParams() : policy;
        }
        // Inline data first: base64 can look like a path, but a path does not look like base64.
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
