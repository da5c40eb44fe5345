package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;
import org.experimaestro.PlanException;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A collector of the compiler's messages, which shows them as the compiler's own command does: place, text, line,
 * caret.
 */
final class CompilerMessages implements DiagnosticListener<JavaFileObject> {
    private static final String FROM_PROCESSOR = "compiler.err.proc.messager";
    private static final List<String> UNKNOWN = List.of("compiler.err.cant.resolve", "compiler.err.doesnt.exist");

    private final List<Diagnostic<? extends JavaFileObject>> messages = new ArrayList<>();

    @Override
    public void report(Diagnostic<? extends JavaFileObject> message) {
        messages.add(message);
    }

    boolean hasErrors() {
        return messages.stream().anyMatch(CompilerMessages::isError);
    }

    /** Returns whether an error in that file has been reported so far. */
    boolean hasErrorsIn(SourceFile file) {
        return messages.stream().anyMatch(message -> isError(message) && file.isAt(message.getSource()));
    }

    /** Returns the names that are unknown to the compiler, as written in the sources. */
    Stream<String> unknownNames() {
        return messages.stream()
                .filter(message -> isError(message)
                        && UNKNOWN.stream().anyMatch(code -> message.getCode().startsWith(code)))
                .map(CompilerMessages::marked);
    }

    /** Returns the part of the source that a message is about; empty if there is none. */
    private static String marked(Diagnostic<? extends JavaFileObject> message) {
        JavaFileObject source = message.getSource();
        if (source == null || message.getStartPosition() == Diagnostic.NOPOS) {
            return "";
        }
        try {
            CharSequence content = source.getCharContent(true);
            int end = (int) Math.min(message.getEndPosition(), content.length());
            return content.subSequence((int) Math.min(message.getStartPosition(), end), end)
                    .toString();
        } catch (IOException e) {
            return ""; // the error itself reports that its line cannot be shown
        }
    }

    /**
     * Returns all errors, then the warnings, then advice, in one exception. The processor's errors come first,
     * because an error about a missing generated class is often their consequence.
     *
     * @param advice other hints about the sources, one line each
     */
    PlanException asException(SourceFile plan, List<String> advice) {
        List<Diagnostic<? extends JavaFileObject>> errors = messages.stream()
                .filter(CompilerMessages::isError)
                .sorted(Comparator.comparing(message -> !FROM_PROCESSOR.equals(message.getCode())))
                .toList();
        var text = new StringBuilder("Cannot compile " + plan.fileName() + ": "
                + (errors.size() == 1 ? "1 error" : errors.size() + " errors") + "\n");
        errors.forEach(message -> append(text, message, ""));
        messages.stream().filter(CompilerMessages::isWarning).forEach(message -> append(text, message, "warning: "));
        Stream.concat(CharacterAdvice.of(errors).stream(), advice.stream())
                .forEach(line -> text.append(line).append('\n'));
        return PlanException.of(text.toString()).build();
    }

    private static boolean isError(Diagnostic<?> message) {
        return message.getKind() == Diagnostic.Kind.ERROR;
    }

    private static boolean isWarning(Diagnostic<?> message) {
        return message.getKind() == Diagnostic.Kind.WARNING || message.getKind() == Diagnostic.Kind.MANDATORY_WARNING;
    }

    private static void append(StringBuilder text, Diagnostic<? extends JavaFileObject> message, String kind) {
        JavaFileObject source = message.getSource();
        if (source != null) {
            text.append(fileName(source));
            if (message.getLineNumber() != Diagnostic.NOPOS) {
                text.append(':').append(message.getLineNumber());
            }
            text.append(": ");
        }
        text.append(kind).append(message.getMessage(Locale.ENGLISH)).append('\n');
        appendLine(text, source, message.getPosition());
    }

    private static void appendLine(StringBuilder text, @Nullable JavaFileObject source, long position) {
        if (source == null || position == Diagnostic.NOPOS) {
            return;
        }
        CharSequence content;
        try {
            content = source.getCharContent(true);
        } catch (IOException e) {
            text.append("  (cannot show the line: ").append(e).append(")\n");
            return;
        }
        int at = (int) Math.min(position, content.length());
        int start = at;
        while (start > 0 && !isLineEnd(content.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < content.length() && !isLineEnd(content.charAt(end))) {
            end++;
        }
        String line = content.subSequence(start, end).toString();
        text.append("  ").append(VisibleText.columns(line)).append('\n');
        text.append("  ").append(VisibleText.blank(line, at - start)).append("^\n");
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    private static String fileName(JavaFileObject source) {
        Path name = Path.of(source.getName()).getFileName();
        return name == null ? source.getName() : name.toString();
    }
}
