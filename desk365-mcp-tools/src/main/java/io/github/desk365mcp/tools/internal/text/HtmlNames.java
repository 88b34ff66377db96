package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which names in angle brackets are elements. All others, such as {@code <ann@northwind.example>} and
 * {@code <C:\Temp>}, are unescaped text.
 */
final class HtmlNames {

    private static final Set<String> KNOWN =
            Set.of(("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big"
                            + " blink blockquote body br button canvas caption center cite code col colgroup command data"
                            + " datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font"
                            + " footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img"
                            + " includetail input ins isindex kbd keygen label layer legend li link listing main map mark"
                            + " marquee math menu menuitem meta meter multicol nav nobr noembed noframes nolayer noscript"
                            + " object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc"
                            + " ruby s samp script search section select slot small source spacer span strike strong style"
                            + " sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt"
                            + " u ul var video wbr xml xmp")
                    .split(" "));

    /** The prefixes that Office and old mail programs write. */
    private static final Pattern PREFIXED =
            Pattern.compile("(?:[ovwmxp]|st\\d|u\\d|ns\\d|fb|svg|html|wx|aml|asp):[a-z][\\w.-]{0,39}");

    private static final Pattern CUSTOM = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+){1,5}");

    /** The most names to search for; each search reads the whole text. */
    private static final int MOST_CUSTOM = 20;

    private final String html;
    private final Map<String, Boolean> custom = new HashMap<>();

    HtmlNames(String html) {
        this.html = html;
    }

    /** @param name in lower case */
    boolean isElement(String name) {
        return KNOWN.contains(name)
                || PREFIXED.matcher(name).matches()
                || CUSTOM.matcher(name).matches() && isCustom(name);
    }

    /** Custom elements have an end tag; text in brackets has none. */
    private boolean isCustom(String name) {
        Boolean known = custom.get(name);
        if (known == null) {
            known = custom.size() < MOST_CUSTOM && html.contains("</" + name + ">");
            custom.put(name, known);
        }
        return known;
    }
}
