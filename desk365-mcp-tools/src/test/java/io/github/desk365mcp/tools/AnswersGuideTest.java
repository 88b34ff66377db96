package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.pipeline.Failures;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Generates docs/answers.md: the text is here, the table of renamed fields comes from the record mappings. */
class AnswersGuideTest {

    private static final String TEXT = """
            # Answers

            Generated from the code and compared by a test; do not edit.

            ## What an answer contains

            - Lists stand in one envelope: the items under the resource's name, `returned` (counted), `total` where the
              service tells it, `offset`, and `next_offset` where there is more.
            - Lists and answers to writes have the main fields, answers about one record nearly all; `fields` picks any.
              The first page of a list names the others in `more_fields`; `Policy.fieldsInDefinitions` puts all names into
              the definitions.
            - Nulls, empty texts and empty lists are left out; custom fields keep their nulls, so that their names are seen.
            - Rows that do not match a filter are left out, since the service ignores some in silence: `notice` names the
              filter, there is no `total`, and `count_only` answers an error.
            - `max_items` cuts a page below the smallest that the service has; `count_only` answers `total` alone.
            - Bodies that the service keeps as HTML come as text, as a person reads them: lines, lists with their numbers, tables
              with each value under its column, links, `~~struck~~` words, `10^6`, check boxes, and the symbols of Wingdings and
              Symbol. What is no HTML element, such as `<ann@northwind.example>`, is text. `body_format` asks for `markdown`, or
              for `html`, unchanged. The answer says `body_format` where bodies were converted. An
              update replaces HTML by what begins and ends with a tag, and by other text only if `plain_text` says so.
            - Text that nobody sees is left out of `text` and `markdown`, and a mark at the end counts it: it is hidden by its
              attributes, its style or a rule of the mail's own style sheets, has no size, is off the screen, or has the color of
              its background. Where that cannot be known, the text is shown. `mso-hide` hides nothing, since it does so in
              Outlook alone. [Decision 12](decisions/0012-styles-of-mails-are-read-by-our-own-part-of-css.md) has the limits.
            - In a conversation, quoted history is folded and counted in `text`: quotations, the lines that say who is quoted, and
              all below the header of a quoted mail, in HTML and in plain text. Answers between quotations stay. So does what was
              forwarded: the message has fewer than three words of its own, its first lines point below ("see below", "FW:"), or
              what it quotes begins with a mark of forwarding or has a subject of forwarding; where Outlook on the web quotes a
              subject that has neither "Re:" nor a number, the message counts as forwarded. In a ticket's description
              nothing is folded: what it quotes is nowhere else. `body_format` `markdown` has the history.
            - New messages, tickets and articles go out as HTML: text without a tag keeps its line breaks and its `<`, and
              `_meta` says so; with a tag of HTML in it, it is sent as it is.
            - An answer has about 10,000 tokens at most (`Policy.answerTokens`, `Policy.tokenEstimator`). What has no room is
              left out, whole items and whole fields; `truncated` says what, and with which arguments it comes. A field that
              is named in `fields` is never left out.
            - `visibility` says who can read a message: `customer`, `internal`, or `unknown` where the service does not say it,
              as of forwards. Answers to replies and notes say whom they are `credited_to` and who was `emailed`, with
              `also_emailed` where those in copy before got a reply too, whom the service does not name. Those to changed
              tickets say `updated_by`, where the service does. Whether it mails anyone about other writes it does not say.
            - Times are ISO 8601 in UTC. Durations are minutes.
            - Texts that people wrote are labelled in `_meta` with their paths and writers. A text in a field that this catalogue does
              not know counts as a contact's; the service's words in an error are labelled at `error`, as `system`.
            - Characters that nobody sees, or that turn a text around or steer a terminal, are taken out of every text and every name
              in answers and errors. Joiners stay between letters of scripts that are written with them, and between two emoji.
              Variation selectors go, since much can be hidden in them; a few emoji look plainer then.
            - A policy says where answers stand (`Policy.results`): as structured content and as text, or in one place alone.

            ## Names

            Each thing has one name, in answers and in arguments. If the API has several names or a misleading one, the tools use
            the name in the column "here". All other fields keep the API's name, including fields that this library does not
            know. If a value has an unexpected type, it appears under the name with the suffix `_as_sent`.

            ### Answers

            | the API's field | here | of |
            |---|---|---|
            """;

    private static final String ARGUMENTS = """

            ### Arguments

            Error messages of the API are passed on with the names in the column "here".

            | the API's argument | here |
            |---|---|
            """;

    @Test
    void the_guide_lists_every_field_that_is_renamed() throws Exception {
        Map<String, Set<String>> renamed = new TreeMap<>();
        recordMappings()
                .forEach((of, fields) -> fields.stream()
                        .filter(field -> !field.wire().equals(field.name()))
                        .forEach(field -> renamed.computeIfAbsent(
                                        "| `%s` | `%s` |".formatted(field.wire(), field.name()), row -> new TreeSet<>())
                                .add(of)));
        assertThat(renamed)
                .as("renamed fields; too few means that none were found")
                .hasSizeGreaterThan(20);
        StringBuilder page = new StringBuilder(TEXT);
        renamed.forEach((row, of) ->
                page.append(row).append(' ').append(String.join(", ", of)).append(" |\n"));
        page.append(ARGUMENTS);
        new TreeMap<>(Failures.NAMES).forEach((wire, name) -> page.append("| `%s` | `%s` |\n".formatted(wire, name)));
        Accepted.compare(Path.of("../docs/answers.md"), page.toString());
    }

    /** Returns the fields of all record mappings in the catalogue, by kind of record. */
    private static Map<String, List<io.github.desk365mcp.tools.internal.core.Field>> recordMappings()
            throws IOException, ReflectiveOperationException {
        Map<String, List<io.github.desk365mcp.tools.internal.core.Field>> mappings = new TreeMap<>();
        for (String name : classes()) {
            for (Field constant : Class.forName("io.github.desk365mcp.tools.internal.catalogue." + name)
                    .getDeclaredFields()) {
                if (constant.getType() == RecordMapping.class && Modifier.isStatic(constant.getModifiers())) {
                    constant.setAccessible(true);
                    String of = constant.getName().toLowerCase(Locale.ROOT).replace('_', ' ');
                    mappings.computeIfAbsent(of, key -> new ArrayList<>())
                            .addAll(((RecordMapping) constant.get(null)).fields());
                }
            }
        }
        return mappings;
    }

    private static List<String> classes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/desk365mcp/tools/internal/catalogue"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("[A-Z]\\w+\\.java"))
                    .map(file -> file.replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }
}
