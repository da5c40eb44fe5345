package org.experimaestro.tui.wire;

/**
 * The answer about the address of a service.
 *
 * @param address the address on the machine of the view
 */
public record WireAddress(String address) {}
