package org.experimaestro.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.ConsoleHandler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Shows on the standard error what is logged in this process, as {@link Printer} shows messages. */
public final class LogFormat extends SimpleFormatter {
    private static final String CONFIGURATION = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    /** For the JDK's logging. */
    public LogFormat() {}

    /** Has this format used from the first logged line on, and no earlier: logging costs milliseconds of a start. */
    static void install() {
        if (System.getProperty(CONFIGURATION) == null && System.getProperty(FILE) == null) {
            System.setProperty(CONFIGURATION, Configuration.class.getName());
        }
    }

    @Override
    public synchronized String format(LogRecord logged) {
        return Printer.indented(super.format(logged)) + System.lineSeparator();
    }

    /** The JDK's own configuration of logging, but for this format. */
    public static final class Configuration {
        /**
         * For the JDK's logging, which makes one to be configured.
         *
         * @throws IOException if the JDK's configuration cannot be read
         */
        public Configuration() throws IOException {
            Properties properties = new Properties();
            Path usual = Path.of(System.getProperty("java.home"), "conf", "logging.properties");
            if (Files.exists(usual)) {
                try (InputStream text = Files.newInputStream(usual)) {
                    properties.load(text);
                }
            }
            properties.setProperty(ConsoleHandler.class.getName() + ".formatter", LogFormat.class.getName());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            properties.store(text, null);
            LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(text.toByteArray()));
        }
    }
}
