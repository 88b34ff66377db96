package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts letters in symbol fonts to the symbols that a reader sees: in Wingdings, {@code ü} is a check mark. The
 * tables follow the mappings that Unicode published with these symbols; the arrows, checks and boxes that mails use most
 * have their common characters instead of the exact ones.
 */
enum SymbolFont {
    WINGDINGS(" 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈"
            + "✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■☐🞐❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶🙶🙷�⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹"
            + "❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•▪⚪🞆🞈◉◎🔿▪☐🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴"
            + "⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂🢬🢭✗✓☒☑ÿ"),
    WINGDINGS_2(" 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗✓☒☑☒☒⮾⮿⦸"
            + "⦸🙱🙴🙲🙳‽🙹🙺🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤"
            + "🕥🕦🕧🙨🙩•●⚫⬤🞅🞆🞇🞈🞊⦿◾■◼⬛☐🞑🞒🞓🞔▣🞕🞖🞗⬩⬥◆◇🞚◈🞛🞜🞝⬪⬧⧫◊🞠◖◗⯊⯋◼⬥⬟⯂⬣⬢⯃⯄🞡🞢"
            + "🞣🞤🞥🞦🞧🞨🞩🞪🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺🞻🞼🞽🞾🞿🟀🟂🟄✦🟉★✶🟋✷🟏🟒✹🟃🟇✯🟍🟔⯌⯍※⁂�����ÿ"),
    WINGDINGS_3(" ⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌⭮⭯⎋⌤⌃⌥⎵⍽"
            + "⇪⮸🢠🢡🢢🢣🢤🢥🢦🢧🢨🢩🢪🢫←→↑↓↖↗↙↘🡘🡙▲▼△▽◄►◁▷◣◢◤◥🞀🞂🞁�🞃▲▼◀▶⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕"
            + "🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽🠿🡀🡂🡁🡃🡄🡆🡅"
            + "🡇⮨⮩⮪⮫⮬⮭⮮⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕🢗〉∫⌠�⌡���������ÿ"),
    WEBDINGS(
            " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨"
                    + "🔈🎔🎕🗬🙽🗭🗪🗫⮔✓🚲□🛡📦🛱■🚑🛈🛩🛰🟈🕴⚫🛥🚔🗘🗙❓🛲🚇🚍⛳🛇⊖🚭🗮|🗯🗲�🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠"
                    + "🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻🕵🕰🖽🖾📋🗒🗓📖📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻🖥🖦🖧🕹🎮🕻🕼📟"
                    + "🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌧🌨🌩🌪🌬🌫🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"),
    SYMBOL(" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩ"
            + "ΞΨΖ[∴]⊥_�αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼�����������������"
            + "����������������€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…��↵ℵℑℜ℘⊗⊕∅∩"
            + "∪⊃⊇⊄⊂⊆∈∉∠∇���∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈���∑����������ð〉∫⌠�⌡���������ÿ");

    /** A code for which there is no character. */
    private static final int NONE = 0xFFFD;

    private static final int FIRST = 0x20;
    /** The private range of Unicode to which Windows maps symbol fonts. */
    private static final int PRIVATE = 0xF000;

    private static final int BULLET = 0xF0B7;

    /** The characters of Windows for the codes from 0x80 on. */
    private static final String WINDOWS =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                    + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static final Map<String, SymbolFont> NAMED = new HashMap<>();

    static {
        NAMED.put("wingdings", WINGDINGS);
        NAMED.put("wingdings 2", WINGDINGS_2);
        NAMED.put("wingdings2", WINGDINGS_2);
        NAMED.put("wingdings 3", WINGDINGS_3);
        NAMED.put("wingdings3", WINGDINGS_3);
        NAMED.put("webdings", WEBDINGS);
        NAMED.put("symbol", SYMBOL);
    }

    private final int[] characters;

    SymbolFont(String characters) {
        this.characters = characters.codePoints().toArray();
    }

    /** Returns the first font of a list of families; null if it is not a symbol font. */
    static @Nullable SymbolFont named(String families) {
        int comma = families.indexOf(',');
        String first = comma < 0 ? families : families.substring(0, comma);
        return NAMED.get(Ascii.lower(CssScanner.decode(first)));
    }

    /**
     * Returns the text as it is shown. In other fonts, only the private characters that Word writes for symbols are
     * replaced.
     */
    static String read(String text, @Nullable SymbolFont font) {
        if (font == null && !hasPrivate(text)) {
            return text;
        }
        StringBuilder read = new StringBuilder(text.length());
        text.codePoints().forEach(point -> read.appendCodePoint(read(point, font)));
        return read.toString();
    }

    private static boolean hasPrivate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isPrivate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivate(int point) {
        return point > PRIVATE && point <= PRIVATE + 0xFF;
    }

    private static int read(int point, @Nullable SymbolFont font) {
        boolean isPrivate = isPrivate(point);
        if (font == null && !isPrivate) {
            return point;
        }
        SymbolFont shown = font != null ? font : point == BULLET ? SYMBOL : WINGDINGS;
        int windows = point > 0xFF ? WINDOWS.indexOf(point) : -1;
        int code = isPrivate ? point - PRIVATE : windows >= 0 ? windows + 0x80 : point;
        if (code <= FIRST || code - FIRST >= shown.characters.length || code == 0xA0) {
            return point;
        }
        int symbol = shown.characters[code - FIRST];
        return symbol == NONE ? point : symbol;
    }
}
