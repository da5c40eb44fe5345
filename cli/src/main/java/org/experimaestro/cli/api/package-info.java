/**
 * The workspaces that a page or a terminal shows: of this machine, and of other hosts, which are reached with ssh.
 */
@NullMarked
package org.experimaestro.cli.api;

import org.jspecify.annotations.NullMarked;
