namespace Azker.Demo;

/// <summary>Something did not happen as told. The message says what.</summary>
internal sealed class DemoFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
