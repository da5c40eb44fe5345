package org.experimaestro.tui.keys;

/**
 * A key, or two keys one after the other, and what they mean.
 *
 * @param scope where
 * @param keys the names of the keys, separated by a space
 * @param intent the meaning
 * @param words the meaning in words
 */
public record KeyBinding(KeyScope scope, String keys, Intent intent, String words) {}
