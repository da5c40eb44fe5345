/** Tests of what tells machines apart. */
package org.experimaestro.core.host;
