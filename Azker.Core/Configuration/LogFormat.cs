namespace Azker.Core.Configuration;

/// <summary>The forms of the console's log lines.</summary>
public enum LogFormat
{
    /// <summary>Text for a person, one line each.</summary>
    Text,

    /// <summary>One JSON object a line, with the id of the message, its values and its scopes.</summary>
    Json,
}
