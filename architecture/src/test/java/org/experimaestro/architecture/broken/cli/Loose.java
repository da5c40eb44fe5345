package org.experimaestro.architecture.broken.cli;

/** A class that is neither final nor abstract. */
public class Loose {}
