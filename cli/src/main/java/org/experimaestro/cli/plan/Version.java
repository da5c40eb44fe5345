package org.experimaestro.cli.plan;

import org.experimaestro.base.text.VisibleText;
import picocli.CommandLine.IVersionProvider;

/** The version of this installation. */
public final class Version implements IVersionProvider {
    /** Creates the provider for picocli. */
    public Version() {}

    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "experimaestro " + text(),
            plain("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") in "
                    + System.getProperty("java.home"))
        };
    }

    /** Returns a text that picocli prints unchanged, although it prints formats and markup. */
    private static String plain(String text) {
        return VisibleText.of(text).replace("%", "%%").replace("@|", "@\\u007C");
    }
}
