/** Tests of files that are seen as a whole or not at all. */
package org.experimaestro.core.file;
