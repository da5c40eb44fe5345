package org.experimaestro.runtime.worker;

import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * The state of the process that any code may change, as it was before the first task: system properties, default locales, the
 * default time zone, and the default handler of uncaught exceptions. Confined to one thread at a time.
 */
final class ProcessState {
    private final Properties properties;
    private final Locale locale;
    private final Locale display;
    private final Locale format;
    private final TimeZone zone;

    /** Keeps the present state. */
    ProcessState() {
        zone = TimeZone.getDefault(); // sets a property
        locale = Locale.getDefault();
        display = Locale.getDefault(Locale.Category.DISPLAY);
        format = Locale.getDefault(Locale.Category.FORMAT);
        properties = copy(System.getProperties());
    }

    private static Properties copy(Properties original) {
        Properties copy = new Properties();
        copy.putAll(original);
        return copy;
    }

    /** Makes the state again what it was, as far as it has changed. */
    void restore() {
        System.setProperties(copy(properties)); // also if they are equal: a task may have put others there
        // The first call sets all three, so the order counts.
        if (!Locale.getDefault().equals(locale)
                || !Locale.getDefault(Locale.Category.DISPLAY).equals(display)
                || !Locale.getDefault(Locale.Category.FORMAT).equals(format)) {
            Locale.setDefault(locale);
            Locale.setDefault(Locale.Category.DISPLAY, display);
            Locale.setDefault(Locale.Category.FORMAT, format);
        }
        if (!TimeZone.getDefault().equals(zone)) {
            TimeZone.setDefault(zone);
        }
        if (Thread.getDefaultUncaughtExceptionHandler() != null) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }
}
