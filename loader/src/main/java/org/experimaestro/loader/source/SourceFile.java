package org.experimaestro.loader.source;

import java.net.URI;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A Java source, read once, so that the text that is hashed is the text that is compiled. */
final class SourceFile extends SimpleJavaFileObject {
    private final Path path;
    private final String name;
    private final String text;

    /**
     * Creates a source.
     *
     * @param name its path from the plan's folder
     */
    SourceFile(Path path, String name, String text) {
        super(path.toUri(), Kind.SOURCE);
        this.path = path;
        this.name = name;
        this.text = text;
    }

    Path path() {
        return path;
    }

    /** Returns its path from the plan's folder, which is usually only its name. */
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
     * Returns whether the file may have this class. The file is named after the experiment, not after its public
     * class, as with the JDK's source launcher. The compiler also calls this for {@code module-info} and {@code
     * package-info}.
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
