package org.experimaestro.processor;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A converter of the inline tags, HTML tags and entities of a Javadoc comment to text. Used once. */
final class JavadocInline {
    /** The mark of a paragraph's end; no text contains it. */
    static final char BREAK = '\uFFFF';

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@([A-Za-z]+)");
    private static final Pattern HTML_TAG = Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)(?:\\s[^<>]*)?/?>");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]*));");
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("amp", "&"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("le", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("ne", "≠"),
            Map.entry("minus", "−"),
            Map.entry("times", "×"),
            Map.entry("plusmn", "±"),
            Map.entry("infin", "∞"),
            Map.entry("isin", "∈"),
            Map.entry("sum", "∑"),
            Map.entry("radic", "√"),
            Map.entry("middot", "·"),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("hellip", "…"),
            Map.entry("rarr", "→"),
            Map.entry("larr", "←"),
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("delta", "δ"),
            Map.entry("epsilon", "ε"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"));

    private final String source;
    private final StringBuilder text = new StringBuilder();

    JavadocInline(String source) {
        this.source = source;
    }

    String toText() {
        Matcher tag = INLINE_TAG.matcher(source);
        int at = 0;
        while (tag.find(at)) {
            text.append(withoutHtml(source.substring(at, tag.start())));
            int end = closingBrace(tag.end());
            inline(tag.group(1), source.substring(tag.end(), end).strip());
            at = Math.min(end + 1, source.length());
        }
        return text.append(withoutHtml(source.substring(at))).toString();
    }

    /** Returns the brace that closes a tag; the end of the text if there is none. */
    private int closingBrace(int from) {
        int depth = 1;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return source.length();
    }

    private void inline(String tag, String content) {
        switch (tag) {
            case "link", "linkplain" -> text.append(link(content));
            case "value", "inheritDoc", "docRoot", "index" ->
                text.append(content.startsWith("#") ? content.substring(1) : content);
            case "snippet" -> text.append(content.substring(content.indexOf(':') + 1));
            case "code", "literal" -> text.append(content);
            default -> text.append(new JavadocInline(content).toText());
        }
    }

    /** Returns the label of a link, or its target in the form of code. */
    private static String link(String content) {
        int reference = 0;
        int depth = 0;
        while (reference < content.length() && (depth > 0 || !Character.isWhitespace(content.charAt(reference)))) {
            char c = content.charAt(reference);
            depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
            reference++;
        }
        String label = content.substring(reference).strip();
        if (!label.isEmpty()) {
            return withoutHtml(label);
        }
        String target = content.substring(0, reference);
        return target.startsWith("#") ? target.substring(1) : target.replace('#', '.');
    }

    private static String withoutHtml(String html) {
        String plain = HTML_TAG.matcher(html)
                .replaceAll(tag -> switch (tag.group(1).toLowerCase(java.util.Locale.ROOT)) {
                    case "p", "br", "ul", "ol", "dl", "pre", "table", "tr", "dt", "dd", "div", "blockquote" ->
                        String.valueOf(BREAK);
                    case "li" -> tag.group().startsWith("</") ? "" : BREAK + "- ";
                    default -> "";
                });
        return ENTITY.matcher(plain).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(java.util.regex.MatchResult entity) {
        if (entity.group(3) != null) {
            return ENTITIES.getOrDefault(entity.group(3), entity.group());
        }
        int codePoint =
                entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : entity.group();
    }
}
