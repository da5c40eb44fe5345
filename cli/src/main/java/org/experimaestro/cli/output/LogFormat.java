package org.experimaestro.cli.output;

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

/** A format for log records on the standard error, in which they look like the messages of {@link Printer}. */
public final class LogFormat extends SimpleFormatter {
    private static final String CONFIGURATION = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    /** Creates the format for the JDK's logging. */
    public LogFormat() {}

    /**
     * Registers this format. The JDK loads it at the first log record, because logging would add milliseconds to each
     * start.
     */
    public static void install() {
        if (System.getProperty(CONFIGURATION) == null && System.getProperty(FILE) == null) {
            System.setProperty(CONFIGURATION, Configuration.class.getName());
        }
    }

    @Override
    public synchronized String format(LogRecord logged) {
        return Printer.indented(super.format(logged)) + System.lineSeparator();
    }

    /** The JDK's default logging configuration with this format. */
    public static final class Configuration {
        /**
         * Configures the JDK's logging, which calls this constructor by reflection.
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
