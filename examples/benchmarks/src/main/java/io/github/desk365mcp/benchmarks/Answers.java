package io.github.desk365mcp.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers with the fields and the sizes of those of the service. */
final class Answers {

    private static final String SENTENCES = "The tunnel closes. ".repeat(60);

    private static final String DETAILS = """
            {"ticket_number":%d,"contact_email":"jane.doe@example.com","contact_name":"Jane Doe",\
            "subject":"VPN drops every hour","description":"<div>%s</div>","description_text":"%s","status":"Open",\
            "priority":10,"type":"\uD83D\uDE4B Question","source":15,"form_name":"Create Ticket","form_is_deleted":0,\
            "assigned_to":null,"company_name":null,"sla":"Gold","completed_within_sla":null,"group":null,\
            "category":null,"subcategory":null,"created_on":"2026-11-20 12:34:29","updated_on":"2026-11-20 12:34:31",\
            "resolved_on":null,"closed_on":null,"due_date":"2026-12-04 16:00:00","first_response_time":null,\
            "first_assigned_time":null,"first_assigned_duration":null,"resolved_duration":null,\
            "first_replied_duration":null,"closed_duration":null,\
            "custom_fields":{"cf_\uD83D\uDD21 Clientnumber":"12345","cf_Putaway OMG":null},"attachments":[],\
            "watchers":[],"share_to":[],"conversation_count":0}""";

    private Answers() {}

    /** {@return a ticket of about 3 KB, with its message as HTML and as text} */
    static String ticket(int number) {
        return DETAILS.formatted(number, SENTENCES, SENTENCES);
    }

    /** {@return a page of tickets, each like {@link #ticket}} */
    static String tickets(int first, int size, int total) {
        return IntStream.range(first, first + size)
                .mapToObj(Answers::ticket)
                .collect(Collectors.joining(",", "{\"count\":" + total + ",\"tickets\":[", "]}"));
    }
}
