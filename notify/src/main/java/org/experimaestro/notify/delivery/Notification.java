package org.experimaestro.notify.delivery;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.settings.NotificationField;

/**
 * A notification about a run. Immutable.
 *
 * @param key a text that no other notification has, by which a receiver knows one that comes twice
 * @param fields the value of each field; numbers as digits
 */
public record Notification(String key, Map<NotificationField, String> fields) {
    /** Copies the map. */
    public Notification {
        Map<NotificationField, String> copy = new EnumMap<>(NotificationField.class);
        for (NotificationField field : NotificationField.values()) {
            copy.put(field, fields.getOrDefault(field, field.isNumber() ? "0" : ""));
        }
        fields = Map.copyOf(copy);
    }

    /**
     * Returns the value of a field.
     *
     * @param field the field
     * @return the value; an empty text, or 0, if it has none
     */
    public String value(NotificationField field) {
        return fields.getOrDefault(field, "");
    }

    /** Returns the value of a field that a template names. */
    String value(String key) {
        for (NotificationField field : NotificationField.values()) {
            if (field.key().equals(key)) {
                return value(field);
            }
        }
        throw new IllegalArgumentException("Templates have no such place: " + key);
    }

    /** Returns all fields as a JSON object. */
    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (NotificationField field : NotificationField.values()) {
            json.put(field.key(), field.isNumber() ? (Object) Long.valueOf(value(field)) : value(field));
        }
        return Json.writeLine(json);
    }
}
