
namespace DigiHub.Web.Tests.Fuzz;

/// <summary>As whom the hub is asked.</summary>
public enum Party { Anonymous, Member, Organiser, FrontDesk, Administrator }
