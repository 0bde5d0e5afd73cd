"""The library of sources as a whole: records brought into it, files imported in the background, files exported."""
