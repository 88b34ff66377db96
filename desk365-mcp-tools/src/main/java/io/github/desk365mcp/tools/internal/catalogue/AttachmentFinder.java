package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.attachments.FileReader;
import io.github.desk365mcp.tools.internal.attachments.ReadFile;
import io.github.desk365mcp.tools.internal.attachments.RecordFile;
import io.github.desk365mcp.tools.internal.attachments.SignedLink;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.text.InlineImages;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a file in its record, fetches it and reads it. One use, by one thread. */
final class AttachmentFinder {

    /** A ticket, and its conversation. */
    static final int CALLS = 2;

    private static final int MOST_NAMES = 20;

    private static final String ELSEWHERE =
            "Nothing was read: files are read only from where this helpdesk keeps them, and ";

    private final Desk365Client desk;
    private final Arguments in;
    private final FileServers servers;

    AttachmentFinder(Desk365Client desk, Arguments in) {
        this.desk = desk;
        this.in = in;
        this.servers = in.call().files();
    }

    ReadFile read() {
        String link = in.get(AttachmentPage.LINK);
        String name = in.get(AttachmentPage.FILE_NAME);
        check(link);
        if (link == null) {
            RecordFile file = name == null ? only() : byName(name);
            try {
                return fetch(file);
            } catch (FileServers.LinkEndedException e) {
                throw refused(
                        ErrorCodes.ATTACHMENT_FAILED,
                        "The file was not read: the file server answered " + e.status() + " for a link that the record"
                                + " has now.");
            }
        }
        return byLink(link, name);
    }

    private void check(@Nullable String link) {
        boolean ofTicket = in.has(AttachmentPage.TICKET);
        boolean ofArticle = in.has(AttachmentPage.ARTICLE);
        if (ofTicket && ofArticle) {
            throw refused(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was read. Give either ticket_number or article_name, and not both.");
        }
        if (in.has(AttachmentPage.MESSAGE) && !ofTicket) {
            throw refused(
                    ErrorCodes.INVALID_ARGUMENTS, "Nothing was read. With message_created_on, give ticket_number too.");
        }
        if (link == null && !ofTicket && !ofArticle) {
            throw refused(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was read. Give ticket_number (or article_name) and file_name as answers have them, or"
                            + " attachment_url alone.");
        }
    }

    private RecordFile byName(String name) {
        List<List<RecordFile>> read = new ArrayList<>();
        for (Supplier<List<RecordFile>> record : records()) {
            read.add(record.get());
            List<RecordFile> found = RecordFile.named(name, read.get(read.size() - 1));
            if (!found.isEmpty()) {
                return one(name, found);
            }
        }
        // Only now: a message may have a file of the very name.
        for (List<RecordFile> files : read) {
            List<RecordFile> found = RecordFile.meant(name, files);
            if (!found.isEmpty()) {
                return one(name, found);
            }
        }
        throw refused(
                ErrorCodes.NOT_FOUND,
                "There is no file " + Text.brief(name) + " in " + record() + "."
                        + has(read.stream().flatMap(List::stream).toList()) + ".");
    }

    /** The only file of the record: of several, the model chooses. */
    private RecordFile only() {
        List<RecordFile> all =
                records().stream().map(Supplier::get).flatMap(List::stream).toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw all.isEmpty()
                ? refused(ErrorCodes.NOT_FOUND, "There is no file in " + record() + "." + has(all) + ".")
                : refused(
                        ErrorCodes.INVALID_ARGUMENTS,
                        "Nothing was read. Give file_name: which file of " + record() + "?" + has(all) + ".");
    }

    /** Names the files of the record. */
    private String has(List<RecordFile> all) {
        all.stream()
                .filter(file -> !InlineImages.isName(file.name()))
                .limit(MOST_NAMES)
                .forEach(file -> in.call()
                        .notes()
                        .quoted(Text.brief(file.name()).replaceAll("^\"|\"$", ""), Field.Writer.CONTACT));
        if (all.isEmpty()) {
            return records().size() > 1 ? " Neither it nor its messages have files" : " It has no files";
        }
        return " It has " + names(all) + (all.size() > MOST_NAMES ? " and more" : "");
    }

    private static RecordFile one(String name, List<RecordFile> found) {
        if (found.size() > 1) {
            throw ambiguous(name, found);
        }
        return found.get(0);
    }

    /** In calls: the ticket before its conversation, which a named message is in. */
    private List<Supplier<List<RecordFile>>> records() {
        Long number = in.get(AttachmentPage.TICKET);
        if (number == null) {
            return List.of(() -> article(in.need(AttachmentPage.ARTICLE)));
        }
        return in.has(AttachmentPage.MESSAGE)
                ? List.of(() -> messages(number))
                : List.of(() -> ticket(number), () -> messages(number));
    }

    private String record() {
        Instant message = in.get(AttachmentPage.MESSAGE);
        return in.has(AttachmentPage.TICKET)
                ? (message == null ? "" : "the message of " + message + " of ") + "ticket "
                        + in.get(AttachmentPage.TICKET)
                : "article " + Text.brief(in.get(AttachmentPage.ARTICLE));
    }

    private List<RecordFile> ticket(long number) {
        return files(
                "get_single_desk_365_ticket_by_id",
                () -> desk.tickets().get(number),
                ticket -> of("ticket " + number, null, ticket.toMap(), "description"));
    }

    private List<RecordFile> messages(long number) {
        Instant wanted = in.get(AttachmentPage.MESSAGE);
        return files(
                "list_all_desk_365_ticket_conversations", () -> desk.tickets().conversation(number), answer -> {
                    List<RecordFile> files = new ArrayList<>();
                    for (Object item : answer.get("conversations") instanceof List<?> list ? list : List.of()) {
                        if (item instanceof Map<?, ?> message) {
                            Instant on = message.get("created_on") instanceof String text ? Times.parse(text) : null;
                            if (wanted == null || wanted.equals(on)) {
                                files.addAll(of("a message of ticket " + number, on, message, "body"));
                            }
                        }
                    }
                    return files;
                });
    }

    private List<RecordFile> article(String name) {
        return files(
                "get_single_desk_365_kb_article_by_id",
                () -> desk.knowledgeBase().article(name),
                article -> of("article " + name, null, article.toMap(), "article_content"));
    }

    private List<RecordFile> of(String where, @Nullable Instant message, Map<?, ?> record, String body) {
        in.call().account().fileHosts().sawRecord(record);
        return RecordFile.of(
                where,
                message,
                record,
                body,
                link -> servers.serve(link, in.call().account()));
    }

    /** One call to the service, if the caller may read such records. */
    private <D extends JsonDocument> List<RecordFile> files(
            String tool, Supplier<D> call, Function<D, List<RecordFile>> files) {
        if (!in.mayUse(tool)) {
            throw refused(ErrorCodes.DENIED, "Nothing was read: the tool that reads such records is not among yours.");
        }
        if (!in.spend(1)) {
            throw refused(
                    ErrorCodes.RATE_LIMITED,
                    "The file was not read: the calls of this plan are used up for now. Try again in a minute (Plus,"
                            + " Premium) or up to an hour (Standard).");
        }
        try {
            D answer = call.get();
            in.call().notes().left();
            return files.apply(answer);
        } catch (NotFoundException e) {
            in.call().notes().left();
            in.call().notes().refusedWith(e.status());
            throw refused(
                    ErrorCodes.NOT_FOUND,
                    in.has(AttachmentPage.TICKET)
                            ? "Desk365 has no ticket " + in.get(AttachmentPage.TICKET) + "."
                            : "Desk365 has no published article " + Text.brief(in.get(AttachmentPage.ARTICLE)) + ".");
        }
    }

    /**
     * A link that has expired is replaced by the one that its record has now. The record also tells whether the helpdesk
     * keeps files where a link points to: what earlier answers told is forgotten when the server ends.
     */
    private ReadFile byLink(String link, @Nullable String name) {
        RecordFile given = RecordFile.at(link, name);
        boolean hasRecord = in.has(AttachmentPage.TICKET) || in.has(AttachmentPage.ARTICLE);
        boolean isServed = servers.serve(link, in.call().account());
        if (!isServed && !hasRecord) {
            throw refused(
                    ErrorCodes.INVALID_ARGUMENTS,
                    ELSEWHERE + "no answer since this server started had a file there. Give ticket_number and"
                            + " file_name as answers have them.");
        }
        if (isServed
                && (!hasRecord
                        || !SignedLink.hasEnded(
                                link, in.call().account().ledger().now()))) {
            try {
                return fetch(given);
            } catch (FileServers.LinkEndedException e) {
                if (!hasRecord) {
                    throw refused(
                            ErrorCodes.ATTACHMENT_FAILED,
                            "The link has expired. Give ticket_number and file_name: that fetches the file by a new"
                                    + " link.");
                }
            }
        }
        RecordFile file = anew(given, isServed || name != null);
        if (file != null) {
            try {
                return fetch(file);
            } catch (FileServers.LinkEndedException e) {
                isServed = true;
            }
        }
        throw isServed
                ? refused(
                        ErrorCodes.NOT_FOUND,
                        "The link has expired, and " + record() + " has no working link of that file.")
                : refused(ErrorCodes.INVALID_ARGUMENTS, ELSEWHERE + record() + " has no file of this attachment_url.");
    }

    /** The file as its record has it now; by its name, if no link leads to the same place. */
    private @Nullable RecordFile anew(RecordFile given, boolean byName) {
        List<RecordFile> all = new ArrayList<>();
        for (Supplier<List<RecordFile>> record : records()) {
            List<RecordFile> files = record.get();
            for (RecordFile file : files) {
                if (given.isSameFileAs(file)) {
                    return file;
                }
            }
            all.addAll(files);
        }
        List<RecordFile> named = byName ? RecordFile.named(given.name(), all) : List.of();
        return named.size() == 1 ? named.get(0) : null;
    }

    @SuppressWarnings("try") // The turn only has to end.
    private ReadFile fetch(RecordFile file) throws FileServers.LinkEndedException {
        String most = "The file has more than " + Text.bytes(servers.mostBytes()) + ", which is not read here.";
        if (file.size() != null && file.size() > servers.mostBytes()) {
            return new ReadFile(file).linked(most);
        }
        try (FileServers.Turn turn = servers.enter()) {
            byte[] bytes = servers.fetch(file.link(), in.call().account(), in.context());
            return FileReader.read(bytes, file);
        } catch (FileServers.FileTooLargeException e) {
            return new ReadFile(file).linked(most);
        }
    }

    private static RefusedException ambiguous(String name, List<RecordFile> found) {
        List<String> messages = found.stream()
                .flatMap(file -> Stream.ofNullable(file.messageOn()))
                .distinct()
                .map(String::valueOf)
                .toList();
        return refused(
                ErrorCodes.INVALID_ARGUMENTS,
                "Nothing was read: " + found.size() + " files have the name " + Text.brief(name) + ". "
                        + (messages.size() > 1
                                ? "Give message_created_on too: " + Text.list(messages, "or") + "."
                                : "Give file_name as " + Text.brief(name + "#1") + " to "
                                        + Text.brief("#" + found.size()) + ", in their order."));
    }

    private static String names(List<RecordFile> files) {
        return files.stream()
                .limit(MOST_NAMES)
                .map(file -> Text.brief(file.name())
                        + (file.messageOn() == null ? "" : " (message_created_on " + file.messageOn() + ")"))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static RefusedException refused(String code, String message) {
        return new RefusedException(code, message);
    }
}
