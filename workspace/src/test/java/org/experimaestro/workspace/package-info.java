/** Tests of what a workspace promises, with real files and real processes. */
package org.experimaestro.workspace;
