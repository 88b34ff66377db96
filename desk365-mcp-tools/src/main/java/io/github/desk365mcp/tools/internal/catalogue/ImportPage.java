package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESS;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.TIME;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.model.ImportedMessage;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tool that imports messages from another system. */
public final class ImportPage extends CataloguePage {

    static final Param<String> TYPE = param("type", oneOf("reply", "note"))
            .description("Kind of message.")
            .required();
    static final Param<String> BODY =
            param("body", TEXT).description("HTML or text.").required();
    static final Param<String> VISIBILITY =
            param("visibility", oneOf("internal", "customer")).description("Who can read a note. Default internal.");
    static final Param<String> SENDER_TYPE =
            param("sender_type", oneOf("agent", "contact")).description("Who wrote it.");
    private static final Param<String> CREATED_BY =
            param("created_by", ADDRESS).description("The author's address.").example("nora.vance@northwind.example");
    static final Param<Instant> CREATED_ON = param("created_on", TIME)
            .description("When it was written (ISO 8601, UTC).")
            .example("2026-10-30T09:15:00Z");
    private static final Param<String> TO =
            param("to_address", ADDRESS).description("The recipient.").example("support@desk.example");
    private static final Param<List<String>> CC =
            param("cc_address", ADDRESSES).description("CC addresses.").example(List.of("b@northwind.example"));
    private static final Param<List<String>> BCC =
            param("bcc_address", ADDRESSES).description("BCC addresses.").example(List.of("c@northwind.example"));
    private static final Param<List<String>> NOTIFIED = param("notified_agents", ADDRESSES)
            .description("Agents who were notified.")
            .example(List.of("tom.becker@desk.example"));
    private static final Param<List<String>> URLS = param("attachment_public_urls", list(TEXT))
            .description("Public links to its files.")
            .example(List.of("https://files.example/log.txt"));

    static final List<Param<?>> FIELDS =
            List.of(TYPE, BODY, VISIBILITY, SENDER_TYPE, CREATED_BY, CREATED_ON, TO, CC, BCC, NOTIFIED, URLS);

    /** The recipients of a message, who may get it again. */
    static final List<Param<?>> RECIPIENTS = List.of(TO, CC, BCC, NOTIFIED);

    static final Param<List<Map<String, Object>>> CONVERSATIONS = param(
                    "conversations", Type.objects(FIELDS.toArray(Param<?>[]::new)))
            .description("The messages.")
            .required()
            .example(List.of(example()));

    ImportPage() {
        super("tickets");
    }

    private static Map<String, Object> example() {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "note");
        message.put("body", "<p>From the old system.</p>");
        message.put("visibility", "internal");
        message.put("sender_type", "agent");
        message.put("created_by", "tom.becker@desk.example");
        message.put("created_on", "2026-10-30T09:15:00Z");
        return message;
    }

    @Override
    void write() {
        creates("desk_365_tickets_import_conversations", "import_conversations")
                .title("Import messages into a ticket")
                .description(
                        "Adds messages from another system to a ticket's conversation, with their authors and times."
                                + " Whether anyone is e-mailed is unknown.")
                .seeAlso("For new messages use create_a_desk_365_ticket_reply.")
                .takes(TicketPage.NUMBER, CONVERSATIONS)
                // Whether it does is unknown, so it is treated as if it did.
                .reachesCustomer()
                .whenMissing(
                        "If get_single_desk_365_ticket_by_id finds the ticket, this account does not support imports,"
                                + " and other arguments will not help.")
                .answers(RecordMapping.of(Field.text("message")))
                .findsAgain(RecordMapping.of(Field.text("message")), LostImportFinder::find)
                .handler((desk, in) -> desk.tickets()
                        .importConversation(
                                in.need(TicketPage.NUMBER),
                                in.need(CONVERSATIONS).stream()
                                        .map(ImportPage::message)
                                        .toList()));
    }

    private static ImportedMessage message(Map<String, Object> given) {
        String type = String.valueOf(TYPE.in(given));
        ImportedMessage message = new ImportedMessage(type, String.valueOf(BODY.in(given)));
        if (type.equals("note")) {
            // Sent explicitly: a note that becomes public by mistake cannot be taken back.
            message.publicNote("customer".equals(VISIBILITY.in(given)));
        } else if ("internal".equals(VISIBILITY.in(given))) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. A reply cannot be internal; import it as a note.");
        }
        set(SENDER_TYPE.in(given), message::senderType);
        set(CREATED_BY.in(given), message::createdBy);
        set(CREATED_ON.in(given), message::createdOn);
        set(TO.in(given), message::to);
        set(CC.in(given), all -> message.cc(all.toArray(String[]::new)));
        set(BCC.in(given), all -> message.bcc(all.toArray(String[]::new)));
        set(NOTIFIED.in(given), all -> message.notifiedAgents(all.toArray(String[]::new)));
        set(URLS.in(given), all -> message.attachmentUrls(all.toArray(String[]::new)));
        return message;
    }

    private static <T> void set(@Nullable T value, Consumer<? super T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
