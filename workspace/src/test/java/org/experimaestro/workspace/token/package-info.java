/** Tests of tokens: the rules alone, files, and many real processes. */
package org.experimaestro.workspace.token;
