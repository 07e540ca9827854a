namespace Azker.Demo;

/// <summary>A step of the demo failed; the message says how.</summary>
internal sealed class DemoFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
