package org.experimaestro.loader.source;

import java.net.URI;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** One Java source, read once: what is hashed is what is compiled. */
final class SourceFile extends SimpleJavaFileObject {
    private final Path path;
    private final String name;
    private final String text;

    /** @param name its path from the plan's folder */
    SourceFile(Path path, String name, String text) {
        super(path.toUri(), Kind.SOURCE);
        this.path = path;
        this.name = name;
        this.text = text;
    }

    Path path() {
        return path;
    }

    /** Its path from the plan's folder: for most, its name alone. */
    String fileName() {
        return name;
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
        return kind == Kind.SOURCE && (!isDescription || path.endsWith(simpleName + kind.extension));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
