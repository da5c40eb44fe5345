package org.experimaestro.loader.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Advice about characters that text editors and web pages substitute for similar ones. */
final class CharacterAdvice {
    private static final String ILLEGAL = "compiler.err.illegal.char";

    private static final Map<Character, String> ADVICE = Map.ofEntries(
            Map.entry('\u201C', "\u201C is a typographic quote; write \""),
            Map.entry('\u201D', "\u201D is a typographic quote; write \""),
            Map.entry('\u201E', "\u201E is a typographic quote; write \""),
            Map.entry('\u00AB', "\u00AB is a typographic quote; write \""),
            Map.entry('\u00BB', "\u00BB is a typographic quote; write \""),
            Map.entry('\u2018', "\u2018 is a typographic quote; write '"),
            Map.entry('\u2019', "\u2019 is a typographic quote; write '"),
            Map.entry('\u2013', "\u2013 is a dash; write -"),
            Map.entry('\u2014', "\u2014 is a dash; write -"),
            Map.entry('\u2212', "\u2212 is a typographic minus; write -"),
            Map.entry('\u00D7', "\u00D7 is a typographic times sign; write *"),
            Map.entry('\u00A0', "\\u00a0 is a space that does not break; write a plain one"),
            Map.entry('\u202F', "\\u202f is a space that does not break; write a plain one"),
            Map.entry('\u200B', "\\u200b is a space without width; remove it"),
            Map.entry('\uFEFF', "\\ufeff is a byte order mark; remove it, or save the file in UTF-8 without it"));

    private CharacterAdvice() {}

    /** Returns advice for each such character that the compiler refuses, in the order of the errors. */
    static List<String> of(List<Diagnostic<? extends JavaFileObject>> errors) {
        return errors.stream()
                .filter(error -> ILLEGAL.equals(error.getCode()))
                .flatMap(CharacterAdvice::characters)
                .map(ADVICE::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Stream<Character> characters(Diagnostic<? extends JavaFileObject> error) {
        JavaFileObject source = error.getSource();
        if (source == null || error.getPosition() == Diagnostic.NOPOS) {
            return Stream.empty();
        }
        try {
            CharSequence content = source.getCharContent(true);
            int at = (int) error.getPosition();
            return at < content.length() ? Stream.of(content.charAt(at)) : Stream.empty();
        } catch (IOException e) {
            return Stream.empty(); // the error itself reports that its line cannot be shown
        }
    }
}
