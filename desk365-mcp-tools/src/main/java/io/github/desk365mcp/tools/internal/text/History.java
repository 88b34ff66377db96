package io.github.desk365mcp.tools.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes the words with which mail programs introduce quoted and forwarded messages, in several languages. */
public final class History {

    /** Longer than the row of dashes that Outlook writes above a quoted message. */
    private static final int MANY_DASHES = 8;

    /** A line of dashes, or what Outlook draws instead, around a few words. */
    private static final Pattern DASHES =
            Pattern.compile("^[\\s>*]{0,9}+(-{2,80}+|_{8,80}+)\\s{0,9}+([^\\n-][^\\n]{0,80}?)\\s{0,9}-{2,80}");

    private static final String FORWARD_WORDS =
            "forward|weitergeleitet|transf[éè]r|r[ée]exp[ée]di|reenviad|encaminhad|reencaminhad|inoltrat|doorgestuur|przekaz|przes[łl]an"
                    + "|vidarebefordra|videresend|v[äa]litetty|p[řr]eposlan|tov[áa]bb[íi]t|y[öo]nlendir|iletilen|redirec[țt]ion|redirigid"
                    + "|переслан|пересыла|перенаправ|переадрес|προωθ|转发|轉寄|轉發|転送|전달";

    private static final Pattern FORWARD = Pattern.compile("(?iu)" + FORWARD_WORDS);

    /** Apple Mail's sentences, which have no dashes. */
    private static final Pattern FORWARD_SENTENCE =
            Pattern.compile("(?iu)^[\\s>*]{0,9}+(?:begin|anfang|d[ée]but|inicio|in[íi]cio"
                    + "|inizio|start|pocz[ąa]tek|начало|以下是|开始|開始|下面是|alku|za[čc][áa]tek|b[öo]rjan)?[^\\n]{0,25}?(?:"
                    + FORWARD_WORDS
                    + ")[^\\n:：]{0,40}[:：]\\s{0,9}(?:$|\\n|\\S{0,20}\\s?[:：])");

    /** How such a sentence ends, which most lines with a colon do not. */
    private static final Pattern SENTENCE_END = Pattern.compile("[:：]\\s{0,9}(?:$|\\n|\\S{0,20}\\s?[:：])");

    private static final Pattern ORIGINAL =
            Pattern.compile("(?iu)original|urspr|origine|原始|原邮件|原郵件|元のメッセージ|원본|исходн|orygin"
                    + "|alkuper|opprinnelig|oprindelig|p[ůu]vodn|eredeti|oorspronkelijk|mensaje|mensagem|messaggio");

    private static final Pattern VERB =
            Pattern.compile("(?iu)(?:^|\\W)(?:wrote|writes|schrieb|schrieben|[ée]crit|escribi[óo]|escreveu|ha scritto"
                    + "|scrive|schreef|geschreven|napisa[łl]|pisze|skrev|kirjoitti|написал|пишет|пише|[íi]rta|napsal|yazd[ıi]|έγραψε|a scris)(?:\\W|$)"
                    + "|が書きました|のメール|書きました|写道|寫道|作成|님이 작성|님이 쓴");

    private static final Pattern TIME = Pattern.compile("\\d{1,2}[:.h時시]\\d{2}");
    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}");
    private static final int LONGEST_ATTRIBUTION = 300;

    private static final Pattern FROM_LABEL = Pattern.compile(
            "(?iu)^[\\s*]{0,9}+(?:from|von|de|da|van|od|fra|fr[åa]n|l[äa]hett[äa]j[äa]|от|від|felad[óo]|kimden"
                    + "|g[öo]nderen|από|de la|发件人|寄件者|寄件人|差出人|送信元|보낸 사람|보낸사람|gesendet|sent|sender|absender|exp[ée]diteur)[\\s*]{0,9}[:：]");
    private static final Pattern OTHER_LABEL = Pattern.compile(
            "(?iu)^[\\s*]{0,9}+(?:sent|date|gesendet|datum|envoy[ée]|enviad[oa](?: el| em)?|fecha|data|inviato"
                    + "|verzonden|wys[łl]ano|skickat|sendt|l[äa]hetetty|p[äa]iv[äa]ys|отправлено|дата|odesl[áa]no|elk[üu]ldve|g[öo]nderildi|tarih|发送时间|发送日期|时间|日期|寄件日期"
                    + "|送信日時|日時|보낸 날짜|날짜|to|an|[àa]|para|a|per|aan|do|till|til|vastaanottaja|кому|komu|c[íi]mzett|kime|al[ıi]c[ıi]|收件人|收件者|宛先|받는 사람"
                    + "|받는사람|cc|kopie|copia|抄送|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|[äa]mne|emne|aihe|тема|p[řr]edm[ěe]t|t[áa]rgy|konu|主题|主旨"
                    + "|件名|제목|von|from|reply-to)[\\s*]{0,9}[:：]");
    private static final Pattern SUBJECT = Pattern.compile(
            "(?imu)^[\\s*]{0,9}+(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|[äa]mne|emne|aihe|тема"
                    + "|p[řr]edm[ěe]t|t[áa]rgy|konu|主题|主旨|件名|제목)[\\s*]{0,9}[:：][\\s*]{0,9}([^\\n]{0,300})");

    /** Prefixes of the subjects of forwarded mail. */
    private static final String FORWARD_PREFIX =
            "(?:fwd?|wg|tr|rv|i|enc|vb|vs|pd|doorst|fs|továbbítás|ilt|转发|轉寄|转寄|転送|전달)";

    private static final Pattern FORWARDED_SUBJECT =
            Pattern.compile("(?iu)^[^:：\\n]{1,20}+[:：][ *]{0,9}+" + FORWARD_PREFIX + " ?[:：]");
    private static final Pattern REPLY_SUBJECT = Pattern.compile(
            "(?iu)^\\[?(?:re|aw|sv|antw|odp|ynt|res|rif|r|回复|回覆|答复|返信|회신|на|отв)(?:\\[\\d{1,3}])? ?[:：]|#\\d");

    private static final Pattern PREFIXES = Pattern.compile("^(?:\\s{0,3}[^\\s:：]{1,12} ?[:：]){1,5}+");
    private static final Pattern NUMBER = Pattern.compile("#\\s?\\d");

    /** Words that refer to the text below, in the same languages. */
    private static final Pattern POINTS_BELOW = Pattern.compile(
            "(?iu)(?:^|\\W)(?:(?:fwd?|wg|tr|rv) ?:|fyi|below|inline|forwarded|forwarding|unten|weitergeleitet|weiterleit"
                    + "|ci-dessous|transf[éè]r|abajo|reenv[ií]|sotto|inoltr)|以下|下記|下面|转发|轉寄|転送|아래");

    private static final Pattern IMAGE = Pattern.compile("\\[image[^\\]]{0,200}+]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int FEWEST_WORDS = 3;
    private static final int BEGINNING = 300;
    /** Longer than any label with the blanks and asterisks around it. */
    private static final int LONGEST_LABEL = 50;
    /** The most blanks and marks before the words of a line. */
    private static final int MOST_MARKS = 9;

    private History() {}

    /** Whether a text begins with the mark of a forwarded message. */
    static boolean beginsForwarded(String text) {
        String first = beginning(text);
        if (mayHaveDashes(first)) {
            Matcher dashes = DASHES.matcher(first);
            if (dashes.lookingAt()) {
                boolean isLong = dashes.group(1).length() >= MANY_DASHES
                        && dashes.group(1).charAt(0) == '-';
                return FORWARD.matcher(dashes.group(2)).find() || isLong && !isOriginal(dashes.group(2));
            }
        }
        return indexOfColon(first) >= 0
                && SENTENCE_END.matcher(first).find()
                && FORWARD_SENTENCE.matcher(first).lookingAt();
    }

    /** Whether {@link #DASHES} may match. Most lines do not, and are not worth a matcher. */
    private static boolean mayHaveDashes(String line) {
        int at = 0;
        while (at < line.length() && at < MOST_MARKS && " \t\n\u000B\f\r>*".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at < line.length() && (line.charAt(at) == '-' || line.charAt(at) == '_');
    }

    private static int indexOfColon(String text) {
        int colon = text.indexOf(':');
        int wide = text.indexOf('：');
        return colon < 0 || wide >= 0 && wide < colon ? wide : colon;
    }

    /** Whether a line introduces a quoted message with dashes around a few words. */
    static boolean beginsOriginal(String line) {
        if (!mayHaveDashes(line)) {
            return false;
        }
        Matcher dashes = DASHES.matcher(beginning(line));
        return dashes.lookingAt() && !FORWARD.matcher(dashes.group(2)).find() && isOriginal(dashes.group(2));
    }

    private static boolean isOriginal(String words) {
        return ORIGINAL.matcher(words).find() || VERB.matcher(words).find();
    }

    /** Whether a line says who wrote the quotation below it, and when. */
    static boolean isAttribution(String line) {
        String words = line.strip();
        if (words.length() > LONGEST_ATTRIBUTION || words.isEmpty()) {
            return false;
        }
        char last = words.charAt(words.length() - 1);
        boolean dated = TIME.matcher(words).find() && YEAR.matcher(words).find();
        boolean dashed = words.startsWith("---") && words.endsWith("---");
        boolean addressed = words.indexOf('@') > 0 && hasDigit(words);
        return (last == ':' || last == '：' || dashed)
                && (dated || addressed || VERB.matcher(words).find());
    }

    static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** The labels in the header of a quoted mail that a line begins with. */
    record Label(boolean isSender, boolean isOther, boolean isSubject) {

        static final Label NONE = new Label(false, false, false);

        static Label of(String line) {
            int colon = indexOfColon(line);
            if (colon <= 0 || colon > LONGEST_LABEL) {
                return NONE;
            }
            String label = line.substring(0, colon + 1);
            return new Label(
                    FROM_LABEL.matcher(label).lookingAt(),
                    OTHER_LABEL.matcher(label).lookingAt(),
                    SUBJECT.matcher(label).lookingAt());
        }
    }

    /** Returns the subject in the header of a quoted mail; null if there is none. */
    static @Nullable String subject(String quoted) {
        Matcher subject = SUBJECT.matcher(quoted.substring(0, Math.min(quoted.length(), 2 * BEGINNING)));
        return subject.find() ? subject.group(1).strip() : null;
    }

    /**
     * Whether a quoted mail belongs to another thread than the ticket, which means that it was forwarded.
     *
     * @param ticket the ticket's subject; null if unknown
     * @param guesses whether to guess if the subject is unknown: replies quote a subject that has "Re:" or a number
     */
    static boolean isOfOtherThread(String quoted, @Nullable String ticket, boolean guesses) {
        String subject = subject(quoted);
        if (subject == null || subject.isEmpty()) {
            return false;
        }
        if (ticket == null) {
            return guesses && !REPLY_SUBJECT.matcher(subject).find();
        }
        String one = core(subject);
        String other = core(ticket);
        return !NUMBER.matcher(subject).find() && !one.contains(other) && !other.contains(one);
    }

    private static String core(String subject) {
        return Ascii.lower(PREFIXES.matcher(subject).replaceFirst("").strip());
    }

    /**
     * Whether the mail is a forward, so that the quoted text is its content. It is one if it has hardly any text of its
     * own, its beginning refers to the text below, or the quoted subject line has a forward prefix.
     */
    static boolean isForwarded(String said, String quoted) {
        String words = IMAGE.matcher(said).replaceAll("").strip();
        return words(words) < FEWEST_WORDS
                || POINTS_BELOW.matcher(beginning(words)).find()
                || beginning(quoted)
                        .lines()
                        .anyMatch(line -> FORWARDED_SUBJECT.matcher(line).find());
    }

    /** Counts words; in languages that write without blanks, two letters count as one word. */
    private static int words(String text) {
        int words = 0;
        for (String word : BLANKS.split(beginning(text))) {
            long unspaced = word.codePoints().filter(History::isUnspaced).count();
            words += word.isEmpty() ? 0 : (int) Math.max(1, unspaced / 2);
        }
        return words;
    }

    private static boolean isUnspaced(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
            default -> false;
        };
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), BEGINNING));
    }
}
