namespace DigiHub.Web.Components;

public enum NoticeKind { Ok, Warn, Bad, Info }

public static class NoticeKinds
{
    public static string Word(this NoticeKind kind) => kind switch
    {
        NoticeKind.Ok => Speak.T("Done", "Erledigt"),
        NoticeKind.Warn => Speak.T("Please note", "Bitte beachten"),
        NoticeKind.Bad => Speak.T("Not possible", "Nicht möglich"),
        _ => Speak.T("Good to know", "Gut zu wissen"),
    };
}
