package org.experimaestro;

/** Placeholder of the first commit. */
public interface Report {}
