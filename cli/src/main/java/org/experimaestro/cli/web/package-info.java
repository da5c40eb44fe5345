/**
 * The commands that serve the web page of a workspace.
 */
@NullMarked
package org.experimaestro.cli.web;

import org.jspecify.annotations.NullMarked;
