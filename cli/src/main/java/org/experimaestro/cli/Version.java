package org.experimaestro.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this installation. */
final class Version implements IVersionProvider {
    /** For picocli. */
    Version() {}

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "experimaestro " + text(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") in "
                    + System.getProperty("java.home")
        };
    }
}
