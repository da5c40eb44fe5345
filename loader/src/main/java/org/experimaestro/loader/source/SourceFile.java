package org.experimaestro.loader.source;

import java.net.URI;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** One Java source, read once: what is hashed is what is compiled. */
final class SourceFile extends SimpleJavaFileObject {
    private final Path path;
    private final String text;

    SourceFile(Path path, String text) {
        super(path.toUri(), Kind.SOURCE);
        this.path = path;
        this.text = text;
    }

    Path path() {
        return path;
    }

    String fileName() {
        return path.getFileName().toString();
    }

    String text() {
        return text;
    }

    boolean isAt(@Nullable JavaFileObject file) {
        return file != null && isAt(file.toUri());
    }

    private boolean isAt(URI uri) {
        return toUri().equals(uri);
    }

    /**
     * The file is named after the experiment, not after the public class in it, as with the JDK's source launcher. The
     * compiler also asks here whether it has a {@code module-info} or a {@code package-info} before it.
     */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        boolean isDescription = simpleName.equals("module-info") || simpleName.equals("package-info");
        return kind == Kind.SOURCE && (!isDescription || fileName().equals(simpleName + kind.extension));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
