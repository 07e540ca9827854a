namespace EchoBot;

/// <summary>Code of an application that uses Azker, in a namespace of its own.</summary>
internal static class FailingBot
{
    public static async Task AnswerAsync(string text)
    {
        await Task.Yield();
        try
        {
            _ = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (FormatException error)
        {
            throw new InvalidOperationException($"The bot cannot answer '{text}' with the secret.\nGive a number.", error);
        }
    }
}
