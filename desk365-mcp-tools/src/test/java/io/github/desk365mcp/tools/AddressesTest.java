package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.fullest;
import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_CONTACT;
import static io.github.desk365mcp.tools.ToolNames.IMPORT_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.AddressType;
import io.github.desk365mcp.tools.internal.core.AddressesType;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.EmailAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every argument that takes an e-mail address takes it as people and mail programs write it, or refuses it. */
class AddressesTest {

    private static final String ADDRESS = "Jane.Doe+a@Contoso.example";

    /** What means {@link #ADDRESS} and nothing else. */
    private static final List<String> WRITTEN = List.of(
            "Jane Doe <" + ADDRESS + ">",
            "\"Doe, Jane\" <" + ADDRESS + ">",
            "'" + ADDRESS + "'",
            "<" + ADDRESS + ">",
            "  " + ADDRESS + "\u00A0\n",
            "mailto:" + ADDRESS,
            "MAILTO:Jane.Doe%2Ba@Contoso.example?subject=Hello",
            "[" + ADDRESS + "](mailto:" + ADDRESS + ")",
            "[Jane](<mailto:" + ADDRESS + "> \"write to her\")",
            "<a href=\"mailto:" + ADDRESS + "\">Jane</a>",
            ADDRESS + "<mailto:" + ADDRESS + ">",
            "Jane Doe [mailto:" + ADDRESS + "]",
            ADDRESS + " (Jane Doe)",
            ADDRESS + ".",
            ADDRESS + ";",
            "**" + ADDRESS + "**,",
            "`" + ADDRESS + "`",
            "\u201C" + ADDRESS + "\u201D",
            "\uFEFF" + ADDRESS + "\u200B",
            "&lt;" + ADDRESS + "&gt;",
            "Jane.Doe+a&#64;Contoso.example",
            "Jane Doe <" + ADDRESS + ">.");

    /** What is no address, or more than one, wherever one is taken. */
    private static final List<String> WRONG = List.of(
            "\uFF20nora@northwind.example",
            "jane.doe",
            "Jane Doe <jane.doe>",
            "l@x..example",
            "jane..doe@x.example",
            ".jane@x.example",
            "jane@x",
            "@x.example",
            "jane@",
            "jane doe@x.example",
            "jane\u00A0doe@x.example",
            "ja\u200Bne@x.example",
            "jane@x.exa\u00ADmple",
            "jane@\u2060x.example",
            "jane@-x.example",
            "jane@x.example/path",
            "jane@[10.0.0.1]",
            "jane\uFF20x.example",
            "a@b.example <c@d.example>",
            "[a@b.example](mailto:c@d.example)",
            "mailto:a@b.example?cc=c@d.example");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.policy());
    }

    private static boolean takesAddresses(Param<?> param) {
        return param.type() instanceof AddressType || param.type() instanceof AddressesType;
    }

    static Stream<Arguments> everyArgument() {
        return Catalogue.tools().stream()
                .flatMap(tool -> tool.params().stream()
                        .filter(AddressesTest::takesAddresses)
                        .map(param -> Arguments.of(tool.name(), param.name())));
    }

    private static Map<String, Object> call(String tool, String argument, Object value) {
        return with(fullest(Catalogue.get(tool)), argument, value);
    }

    private static String sent() {
        StringBuilder sent = new StringBuilder();
        for (Exchange exchange : sandbox.exchanges()) {
            sent.append(exchange.query()).append(exchange.text());
        }
        return sent.toString();
    }

    @Test
    void no_argument_for_addresses_is_missed() {
        Set<String> others = Set.of("location_address", "address");
        assertThat(everyArgument()).hasSizeGreaterThan(40);
        for (Tool tool : Catalogue.tools()) {
            for (Param<?> param : tool.params()) {
                boolean looksLikeOne = String.valueOf(param.example()).matches("\\[?[^\\s@{]+@[^\\s@{]+]?")
                        || param.name().matches(".*email.*|.*watchers|.*share_to|assigned_to|.*_address")
                                && !others.contains(param.name());
                boolean isFlagOrWord =
                        Map.of("type", "boolean").equals(param.type().schema());
                if (looksLikeOne && !isFlagOrWord) {
                    assertThat(takesAddresses(param))
                            .as(tool.name() + ": " + param.name())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyArgument")
    void an_address_is_sent_bare_and_the_trace_says_so(String tool, String argument) {
        BoundTools tools = tools();
        for (String written : WRITTEN) {
            sandbox.forget();

            ToolResult result = tools.call(tool, call(tool, argument, written));

            assertThat(sent()).as(written).contains(ADDRESS).doesNotContain("mailto", "&lt;");
            assertThat(String.valueOf(result.meta().get(MetaKeys.REPAIRS)))
                    .as(written)
                    .contains(argument + " was read as");
        }
    }

    @ParameterizedTest
    @MethodSource("everyArgument")
    void what_is_no_address_is_refused_before_anything_is_sent(String tool, String argument) {
        BoundTools tools = tools();
        for (String wrong : WRONG) {
            for (Object value : new Object[] {wrong, List.of(wrong)}) {
                ToolResult result = tools.call(tool, call(tool, argument, value));

                assertThat(result.errorCode()).as(wrong).isEqualTo("invalid_arguments");
                assertThat(result.text()).as(wrong).contains(argument, " must be ", "e-mail address", ": ");
            }
        }
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.example, c@d.example", "a@b.example;c@d.example", "a@b.example c@d.example"})
    void two_addresses_are_refused_where_one_is_taken_and_split_where_several_are(String two) {
        BoundTools tools = tools();
        everyArgument().map(Arguments::get).forEach(argument -> {
            sandbox.forget();
            String tool = String.valueOf(argument[0]);
            String name = String.valueOf(argument[1]);
            boolean isList =
                    Objects.requireNonNull(Catalogue.get(tool).param(name)).type() instanceof AddressesType;

            ToolResult result = tools.call(tool, call(tool, name, two));

            assertThat("invalid_arguments".equals(result.errorCode()))
                    .as(tool + " " + name)
                    .isNotEqualTo(isList);
            if (isList) {
                assertThat(sent()).contains("a@b.example", "c@d.example");
            } else {
                assertThat(result.text()).contains("it has more than one address");
                assertThat(sandbox.exchanges()).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"created_by", "to_address", "cc_address", "bcc_address", "notified_agents"})
    void addresses_in_imported_messages_are_read_the_same(String field) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "note");
        message.put("body", "<p>From the old system.</p>");
        message.put("created_by", "tom.becker@desk.example");

        ToolResult done = tools().call(
                        IMPORT_CONVERSATIONS,
                        Map.of("ticket_number", 4052, "conversations", List.of(with(message, field, WRITTEN.get(0)))));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sent()).contains(ADDRESS).doesNotContain("Jane Doe");

        sandbox.forget();
        ToolResult refused = tools().call(
                        IMPORT_CONVERSATIONS,
                        Map.of("ticket_number", 4052, "conversations", List.of(with(message, field, "jane.doe"))));
        assertThat(refused.errorCode()).isEqualTo("invalid_arguments");
        assertThat(refused.text()).contains(field, "it has no @");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_reason_names_the_invisible_character() {
        assertThat(tools().call(GET_CONTACT, Map.of("primary_email", "ja\u200Bne@x.example"))
                        .text())
                .contains("it contains the invisible character U+200B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien@x.example",
                "_jane_@x.example",
                "*jane*@x.example",
                "jane@x.EXAMPLE",
                "jürgen@müller.example",
                "ju\u0308rgen@x.example",
                "a&b=c@x.example",
                "{jane}@x.example"
            })
    void an_address_is_never_changed_to_another_one(String address) {
        assertThat(EmailAddress.bare(address)).isEqualTo(address);
        assertThat(EmailAddress.fault(address)).isNull();
        assertThat(EmailAddress.bare("X <" + address + ">")).isEqualTo(address);
    }

    @Test
    void what_is_no_address_is_never_learned_as_one() {
        sandbox.next(Fault.replaceAnswer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"count\":1,\"tickets\":[{\"ticket_number\":1,\"status\":\"Open\",\"contact_email\":\"jane.doe\","
                        + "\"assigned_to\":\"l@x..example\"}]}"));
        BoundTools tools = tools();
        tools.call(LIST_TICKETS, Map.of());

        String refused = tools.call(
                        CREATE_TICKET, Map.of("contact_email", "jane.do", "subject", "A", "description", "B"))
                .text();

        assertThat(refused).contains("it has no @").doesNotContain("jane.doe");
        AccountVocabulary words = new AccountVocabulary(Vocabulary.none());
        for (String wrong : WRONG) {
            words.saw(VocabularyKind.CONTACT, wrong);
            words.saw(VocabularyKind.AGENT, wrong);
        }
        assertThat(words.known(VocabularyKind.CONTACT)).isEmpty();
        assertThat(words.known(VocabularyKind.AGENT)).isEmpty();
    }

    @Test
    void many_addresses_are_read_in_one_text() {
        String many = "Jane Doe <jane.doe@contoso.example>, ".repeat(900);
        ToolResult result =
                tools().call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Hello", "cc_emails", many));

        assertThat(result.isError()).as(result.text()).isFalse();
    }
}
